import '../zod-without-eval.ts';
import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import { applySystemTheme } from '../ui/system-theme.ts';
import { ChangePage } from './change-page.tsx';
import { type ChangeState, readResult, readWaiting } from './change-state.ts';
import { type HostContext, createHostLink } from './host-link.ts';

const REVIEW = 'second-unit://sessions/current/review';
/** The proposal reaches the session a moment after the host tells of the call. */
const LOOK_AGAIN_MS = [150, 400, 1_000, 3_000];

const element = document.getElementById('root');
if (element === null) throw new Error('the page has no #root');
const root = createRoot(element);
let state: ChangeState = { kind: 'waiting' };
let canRead = false;

const show = (next: ChangeState): void => {
  state = next;
  root.render(<ChangePage state={state} />);
};
const isWaiting = (): boolean => state.kind === 'waiting' && state.view === undefined;
const look = async (): Promise<void> => {
  for (const ms of LOOK_AGAIN_MS) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    if (!canRead || !isWaiting()) return;
    const view = readWaiting((await link.readText(REVIEW)) ?? '');
    if (view !== undefined && isWaiting()) show({ kind: 'waiting', view });
  }
};
const link = createHostLink(window, __APP_VERSION__, {
  onContext: applyContext,
  onInput: () => void look(),
  onResult: (result) => show(readResult(result)),
  onCancelled: () => show({ kind: 'told', text: 'The call was stopped.', isError: true }),
});

applySystemTheme();
show(state);
new ResizeObserver(() => {
  link.sizeChanged(element.scrollWidth, element.scrollHeight);
}).observe(element);
void link.start().then(({ canReadResources }) => {
  canRead = canReadResources;
  void look();
});

/** Our names for what the host calls its colours and fonts. */
const HOST_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  '--color-background-primary': ['--panel', '--bg'],
  '--color-background-secondary': ['--raised', '--canvas'],
  '--color-text-primary': ['--text'],
  '--color-text-secondary': ['--text-2'],
  '--font-sans': ['--font'],
};

/** Takes the host's theme, and its colours where they are colours. */
function applyContext({ theme, variables }: HostContext): void {
  const { dataset, style } = document.documentElement;
  if (theme !== undefined) dataset['theme'] = theme;
  for (const [name, ours] of Object.entries(HOST_VARIABLES)) {
    const value = variables[name];
    const property = name === '--font-sans' ? 'font-family' : 'color';
    if (value === undefined || !CSS.supports(property, value)) continue;
    for (const own of ours) style.setProperty(own, value);
  }
}
