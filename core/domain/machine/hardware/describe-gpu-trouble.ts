import type { GpuTrouble } from '../../../contract/machine/gpu.schema.ts';

/** A trouble in the artist's words. */
export interface GpuTroubleText {
  readonly sentence: string;
  /** What to do about it; absent where nothing needs to be done. */
  readonly nextStep?: string;
}

const STILL = 'The memory that ComfyUI itself reports is shown, and everything else works.';

/** Why the graphics card's own numbers are missing, and what to do; one entry per trouble, or it does not compile. */
const TEXTS: Readonly<Record<GpuTrouble, GpuTroubleText>> = {
  'not-looked': { sentence: 'The graphics card has not been looked at yet.' },
  'nobody-looks': { sentence: 'The graphics card is looked at while something renders.' },
  'no-tool': {
    sentence: `No tool that measures a graphics card was found on this machine. ${STILL}`,
    nextStep:
      'With an NVIDIA card, install its driver: nvidia-smi comes with it. With an AMD card on Linux, install the amdgpu driver.',
  },
  'no-card': {
    sentence: `The driver is there but finds no graphics card. ${STILL}`,
    nextStep:
      'Check that the card is switched on in the system settings, then restart the machine.',
  },
  hangs: {
    sentence: `The graphics driver does not answer. ${STILL}`,
    nextStep:
      'It is asked again by itself. If this stays, open a terminal and run nvidia-smi: when that hangs too, restart the machine.',
  },
  nonsense: {
    sentence: `The graphics driver answers, but not with numbers. ${STILL}`,
    nextStep: 'Open a terminal and run nvidia-smi to see what it says; a newer driver may help.',
  },
  'driver-gone': {
    sentence: `The graphics driver has stopped answering, as it does after a crash or sleep. ${STILL}`,
    nextStep:
      'It is asked again by itself. If renders fail too, restart ComfyUI, then the machine.',
  },
  'driver-mismatch': {
    sentence: `The graphics driver was updated and the old one is still loaded. ${STILL}`,
    nextStep: 'Restart the machine.',
  },
  'other-machine': {
    sentence:
      'ComfyUI runs on another machine, so its card is known only by what ComfyUI itself reports: the memory, not the load.',
  },
  practice: { sentence: 'The practice ComfyUI draws without a graphics card.' },
};

/** The trouble as a sentence, with the next step where there is one. */
export function describeGpuTrouble(trouble: GpuTrouble): GpuTroubleText {
  return TEXTS[trouble];
}
