/** A node that cannot go on, as an exception in a Python node. */
export class NodeFailure extends Error {
  readonly exceptionType: string;
  constructor(message: string, exceptionType = 'RuntimeError') {
    super(message);
    this.exceptionType = exceptionType;
  }
}

/** Somebody stopped the run. */
export class RunInterrupted extends Error {}
