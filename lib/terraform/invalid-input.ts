/** What was given can't be read. The message says what it is, why, and what to do. */
export class InvalidInputError extends Error {
  constructor(source: string, why: string, action: string) {
    super(`${source} ${why}: ${action}.`);
    this.name = 'InvalidInputError';
  }
}

/**
 * Reads what Terraform or cdktf wrote. If a part of it has another form than Terraform's, nobody can say what it
 * means: then all of it is refused, and never half of it read.
 *
 * @param action what to do then
 */
export function readWhole<T>(source: string, action: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidInputError) {
      throw error;
    }
    throw new InvalidInputError(source, 'has a part of another form than Terraform writes', action);
  }
}
