import './zod-without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Window } from './app/app.tsx';
import { browserSessionMemory } from './state/choose-session.ts';
import { createApp } from './state/create-app.ts';
import { chooseWire } from './transport/open-wire.ts';
import { browserScheduler } from './transport/scheduler.ts';
import { applySystemTheme } from './ui/system-theme.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';

applySystemTheme();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
const app = createApp({
  open: chooseWire(window),
  scheduler: browserScheduler,
  memory: browserSessionMemory(),
});
createRoot(root).render(
  <StrictMode>
    <Window app={app} />
  </StrictMode>,
);
