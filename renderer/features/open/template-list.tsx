import type { ReactNode } from 'react';
import { useApp, useTools } from '../../state/app-context.ts';
import './open.css';

/** The workflows that come with the product; a click opens one. */
export function TemplateList({ onPicked }: { readonly onPicked?: () => void }): ReactNode {
  const { core } = useTools();
  const templates = useApp((state) => state.templates);
  return (
    <ul className="templates" aria-label="Templates">
      {templates.map(({ name, title, description }) => (
        <li key={name}>
          <button
            type="button"
            className="template"
            onClick={() => {
              onPicked?.();
              void core.openWorkflow({ kind: 'template', name });
            }}
          >
            <strong>{title}</strong>
            <span>{description}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
