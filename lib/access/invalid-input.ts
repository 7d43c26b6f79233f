/** What was given can't be read. The message says what it is, why, and what to do. */
export class InvalidInputError extends Error {
  constructor(source: string, why: string, action: string) {
    super(`${source} ${why}: ${action}.`);
    this.name = 'InvalidInputError';
  }
}
