import { type ReactNode, useState } from 'react';
import { Icon } from './icon.tsx';

interface PictureProps {
  readonly src: string;
  readonly alt: string;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** A picture by reference; says so when its file is no longer there. */
export function Picture({ src, alt, width, height }: PictureProps): ReactNode {
  const [lost, setLost] = useState<string | null>(null);
  if (lost === src) {
    return (
      <span className="picture-lost" title={`${alt}: not available at the moment`}>
        <Icon name="picture" />
        <span>Picture not available</span>
      </span>
    );
  }
  return <img src={src} alt={alt} width={width} height={height} onError={() => setLost(src)} />;
}
