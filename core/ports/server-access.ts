/** What lets us in at one server. It holds secrets: it is never shown, logged, sent to a page or stored in clear. */
export interface ServerAccess {
  /** Sent with every request to this server and to no other. */
  readonly headers: Readonly<Record<string, string>>;
  /** A name and a password, sent as Basic authorization. */
  readonly credentials?: { readonly userName: string; readonly password: string };
  /** SHA-256 of the one certificate to take, whoever signed it, e.g. "AB:CD:…"; absent: the system decides. */
  readonly fingerprint?: string;
}
