import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const SIDE = 512;

/** Puts `example.png` into the input folder when it is not there: a still life of soft shapes. */
export async function placeExamplePicture(inputFolder: string): Promise<void> {
  const path = join(inputFolder, 'example.png');
  if (existsSync(path)) return;
  const png = await sharp(Buffer.from(drawing())).png({ compressionLevel: 6 }).toBuffer();
  await writeFile(path, png);
}

function drawing(): string {
  const ball = (x: number, y: number, r: number, fill: string): string =>
    `<ellipse cx="${x}" cy="${y + r * 0.98}" rx="${r * 1.05}" ry="${r * 0.2}" fill="#1a2230" opacity="0.35"/>
     <circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>
     <circle cx="${x}" cy="${y}" r="${r}" fill="url(#shade)"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">
  <defs>
    <linearGradient id="wall" x1="0" y1="0" x2="1" y2="1">
      <stop offset="0" stop-color="#3d5a80"/><stop offset="1" stop-color="#e0c9a6"/>
    </linearGradient>
    <linearGradient id="table" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#b08968"/><stop offset="1" stop-color="#6f4e37"/>
    </linearGradient>
    <radialGradient id="shade" cx="0.34" cy="0.28" r="0.85">
      <stop offset="0" stop-color="#fff" stop-opacity="0.75"/>
      <stop offset="0.35" stop-color="#fff" stop-opacity="0"/>
      <stop offset="1" stop-color="#0b1020" stop-opacity="0.6"/>
    </radialGradient>
  </defs>
  <rect width="${SIDE}" height="${SIDE}" fill="url(#wall)"/>
  <rect y="340" width="${SIDE}" height="172" fill="url(#table)"/>
  ${ball(330, 300, 92, '#c8553d')}
  ${ball(180, 330, 70, '#588b8b')}
  ${ball(268, 378, 42, '#f2c14e')}
</svg>`;
}
