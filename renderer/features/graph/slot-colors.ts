/** Link colours by type, as ComfyUI's own page paints them in its dark palette (defaultColorPalettes, 1.27). */
const COLORS: Readonly<Record<string, string>> = {
  CLIP: '#ffd500',
  CLIP_VISION: '#a8dadc',
  CLIP_VISION_OUTPUT: '#ad7452',
  CONDITIONING: '#ffa931',
  CONTROL_NET: '#6ee7b7',
  IMAGE: '#64b5f6',
  LATENT: '#ff9cf9',
  MASK: '#81c784',
  MODEL: '#b39ddb',
  STYLE_MODEL: '#c2ffae',
  VAE: '#ff6e6e',
  NOISE: '#b0b0b0',
  GUIDER: '#66ffff',
  SAMPLER: '#ecb4b4',
  SIGMAS: '#cdffcd',
  TAESD: '#dcc274',
};

const OTHER = '#9a9aa2';

/** The colour of a socket or link; a type that ComfyUI does not paint either is grey. */
export function slotColor(type: string): string {
  return Object.hasOwn(COLORS, type) ? (COLORS[type] ?? OTHER) : OTHER;
}
