/** A text that can't be read as HCL, and where. It never holds a piece of the text, which may be secret. */
export class HclError extends Error {
  constructor(
    /** Counted from 1. */
    readonly line: number,
    /** In characters, counted from 1. */
    readonly column: number,
    /** What must be. */
    readonly rule: string,
  ) {
    super(`line ${line}: ${rule}`);
    this.name = 'HclError';
  }
}
