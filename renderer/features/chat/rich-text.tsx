import type { ReactNode } from 'react';

/** The little formatting that an assistant writes: paragraphs, lists, **strong**, `code`. Never HTML. */
export function RichText({ text }: { readonly text: string }): ReactNode {
  return (
    <div className="rich">
      {toBlocks(text).map((block, at) =>
        block.kind === 'list' ? (
          <ul key={at}>
            {block.lines.map((line, index) => (
              <li key={index}>
                <Inline text={line} />
              </li>
            ))}
          </ul>
        ) : (
          <p key={at}>
            <Inline text={block.lines.join('\n')} />
          </p>
        ),
      )}
    </div>
  );
}

interface Block {
  readonly kind: 'list' | 'paragraph';
  readonly lines: string[];
}

const BULLET = /^\s*(?:[-*•]|\d+[.)])\s+/;

/** Cuts text into paragraphs and lists; an unfinished stream is cut as if it ended here. */
export function toBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let current: Block | undefined;
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      current = undefined;
      continue;
    }
    const kind = BULLET.test(line) ? 'list' : 'paragraph';
    if (current?.kind !== kind) {
      current = { kind, lines: [] };
      blocks.push(current);
    }
    current.lines.push(kind === 'list' ? line.replace(BULLET, '') : line);
  }
  return blocks;
}

function Inline({ text }: { readonly text: string }): ReactNode {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part, at) => {
    if (part.startsWith('**') && part.endsWith('**') && part.length > 4) {
      return <strong key={at}>{part.slice(2, -2)}</strong>;
    }
    if (part.startsWith('`') && part.endsWith('`') && part.length > 2) {
      return <code key={at}>{part.slice(1, -1)}</code>;
    }
    return part;
  });
}
