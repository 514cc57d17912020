import type { ReactNode } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { type TypedServer, toFingerprintLines } from './server-form.ts';

const SIGN_INS: readonly { readonly value: TypedServer['signIn']; readonly label: string }[] = [
  { value: 'none', label: 'None' },
  { value: 'basic', label: 'Name and password' },
  { value: 'bearer', label: 'Token' },
];

interface FieldsProps {
  readonly typed: TypedServer;
  readonly onChange: (part: Partial<TypedServer>) => void;
}

/** How the server lets us in. */
export function SignInFields({
  typed,
  isSaved,
  onChange,
}: FieldsProps & { readonly isSaved: boolean }): ReactNode {
  const { signIn } = typed;
  return (
    <div className="labelled">
      <span>Sign-in</span>
      <Segmented
        label="Sign-in"
        value={signIn}
        options={SIGN_INS}
        onChange={(next) => onChange({ signIn: next, secret: '' })}
      />
      {signIn !== 'none' && (
        <span className="field-row">
          {signIn === 'basic' && (
            <input
              type="text"
              className="field"
              aria-label="User name"
              placeholder="User name"
              autoComplete="off"
              spellCheck={false}
              value={typed.userName}
              onChange={(event) => onChange({ userName: event.currentTarget.value })}
            />
          )}
          <input
            type="password"
            className="field"
            aria-label={signIn === 'basic' ? 'Password' : 'Token'}
            placeholder={placeholder(signIn === 'basic' ? 'Password' : 'Token', isSaved)}
            autoComplete="off"
            value={typed.secret}
            onChange={(event) => onChange({ secret: event.currentTarget.value })}
          />
        </span>
      )}
      {(signIn !== 'none' || typed.headers.length > 0) && (
        <small className="dialog-note">
          Kept in this computer’s keychain, or where there is none in a file that only you can read.
        </small>
      )}
    </div>
  );
}

/** Headers that a proxy asks for. */
export function HeaderFields({
  typed,
  saved,
  onChange,
}: FieldsProps & { readonly saved: readonly string[] }): ReactNode {
  const { headers } = typed;
  const replace = (at: number, part: Partial<(typeof headers)[number]>): void =>
    onChange({
      headers: headers.map((header, index) => (index === at ? { ...header, ...part } : header)),
    });
  return (
    <div className="labelled">
      {headers.length > 0 && <span>Extra headers</span>}
      {headers.map((header, at) => (
        // A row has no other identity than its place.
        <span className="field-row" key={at}>
          <input
            type="text"
            className="field"
            aria-label={`Name of header ${String(at + 1)}`}
            placeholder="X-Proxy-Key"
            spellCheck={false}
            value={header.name}
            onChange={(event) => replace(at, { name: event.currentTarget.value })}
          />
          <input
            type="password"
            className="field"
            aria-label={`Value of header ${String(at + 1)}`}
            placeholder={placeholder('Value', saved.includes(header.name))}
            autoComplete="off"
            value={header.value}
            onChange={(event) => replace(at, { value: event.currentTarget.value })}
          />
          <IconButton
            icon="close"
            label={`Take header ${String(at + 1)} away`}
            onClick={() => onChange({ headers: headers.filter((_, index) => index !== at) })}
          />
        </span>
      ))}
      <span>
        <Button
          kind="plain"
          icon="plus"
          onClick={() => onChange({ headers: [...headers, { name: '', value: '' }] })}
        >
          Add a header
        </Button>
      </span>
    </div>
  );
}

/** The certificate that was trusted, with the way back. */
export function CertificateField({ typed, onChange }: FieldsProps): ReactNode {
  const { fingerprint } = typed;
  if (fingerprint === undefined) return null;
  return (
    <div className="labelled">
      <span>Only this certificate is trusted there</span>
      <Fingerprint fingerprint={fingerprint} />
      <span>
        <Button onClick={() => onChange({ fingerprint: undefined })}>
          No longer trust this certificate
        </Button>
      </span>
    </div>
  );
}

/** A fingerprint in short lines. */
export function Fingerprint({ fingerprint }: { readonly fingerprint: string }): ReactNode {
  return (
    <code className="fingerprint" aria-label="SHA-256 fingerprint">
      {toFingerprintLines(fingerprint).map((line) => (
        <span key={line}>{line}</span>
      ))}
    </code>
  );
}

function placeholder(what: string, isSaved: boolean): string {
  return isSaved ? `${what} (saved)` : what;
}
