import { type Block, hasReference, References, type SynthJson, unescaped } from '../../terraform';

/** A reference alone; no other expression can be found among the outputs. */
const REFERENCE = /\$\$\{|\$\{[^{}]+\}/g;

/** The values of a synthesized stack: what the stack itself says, and what its outputs say of the rest. */
export class StackValues {
  private readonly references: References;
  /** The outputs that are one reference, by it. */
  private readonly outputs: ReadonlyMap<string, string>;
  private deployed: Readonly<Record<string, unknown>> = {};
  private asksOutputs = false;

  constructor(
    /** Its name, for messages. */
    readonly name: string,
    json: SynthJson,
  ) {
    this.references = new References(json, () => undefined);
    this.outputs = new Map(
      Object.entries(json.output ?? {}).flatMap(([output, { value, sensitive }]): [string, string][] =>
        typeof value === 'string' && !sensitive ? [[this.references.fill(value), output]] : [],
      ),
    );
  }

  /** Whether something was asked for that only the outputs can say. */
  get needsOutputs(): boolean {
    return this.asksOutputs;
  }

  /** Adds the outputs of the deployed stack. */
  deploy(outputs: Readonly<Record<string, unknown>>): void {
    this.deployed = outputs;
  }

  /** A text with its references filled in; those that are not known stay. */
  fill(text: string): string {
    return this.references.fill(text).replace(REFERENCE, (whole) => {
      const output = this.outputs.get(whole);
      const value = output === undefined ? undefined : this.deployed[output];
      if (output !== undefined && value === undefined) {
        this.asksOutputs = true;
      }
      return typeof value === 'string' ? value.replaceAll('${', '$${') : whole;
    });
  }

  /**
   * The text of an argument; undefined if it is not set.
   *
   * @param what it is, for the message
   * @throws Error if only an apply can know it, and no output says it
   */
  text(block: Block, argument: string, what: string): string | undefined {
    const value = block[argument];
    return value === undefined || value === null ? undefined : this.known(value, what);
  }

  /** The texts of a list. @throws Error as {@link text} does */
  texts(block: Block, argument: string, what: string): string[] {
    const value = block[argument] ?? [];
    return Array.isArray(value) ? value.map((entry) => this.known(entry, what)) : [this.known(value, what)];
  }

  private known(value: unknown, what: string): string {
    const filled = this.fill(String(value));
    if (hasReference(filled)) {
      throw new Error(
        `${what} of the stack '${this.name}' is known only at apply: declare an output with this value, and deploy it; got ${filled}`,
      );
    }
    return unescaped(filled);
  }
}

/** The text with another word for each reference that is left. */
export function withoutReferences(filled: string, word: string): string {
  return unescaped(filled.replace(REFERENCE, (whole) => (whole === '$${' ? whole : word)));
}
