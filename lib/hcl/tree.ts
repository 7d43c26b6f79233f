import type { LiteralKind } from './token';
import { valueOf } from './literal-value';

/** Where something begins. */
export interface HclPlace {
  /** Counted from 1. */
  readonly line: number;
  /** In characters, counted from 1. */
  readonly column: number;
}

/** A value that is one token, or a key. */
export class HclLiteral implements HclPlace {
  constructor(
    readonly kind: LiteralKind,
    /** As it is in the text, with its quotes. */
    readonly source: string,
    readonly line: number,
    readonly column: number,
    /** Whether it is one of a text in JSON, whose strings have other rules. */
    readonly json: boolean,
  ) {}

  /**
   * Its value: `"a"` is a, `0600` is 384. It is computed only on request, because the library too does not
   * look at values that nobody asks for.
   *
   * @throws HclError if it has none, as `"\777"` and `08`
   */
  get value(): string | number | boolean {
    return valueOf(this);
  }
}

/** A list in brackets. */
export interface HclList extends HclPlace {
  readonly kind: 'list';
  readonly list: readonly HclNode[];
}

/** What is in braces, or the whole text. */
export interface HclObject extends HclPlace {
  readonly kind: 'object';
  readonly items: readonly HclItem[];
}

export type HclNode = HclLiteral | HclList | HclObject;

/** An argument (`key = value`), or a block with any number of labels (`key "label" { … }`). */
export interface HclItem extends HclPlace {
  /** At least one. */
  readonly keys: readonly HclLiteral[];
  /** Whether there is an equals sign. */
  readonly assigned: boolean;
  readonly value: HclNode;
}
