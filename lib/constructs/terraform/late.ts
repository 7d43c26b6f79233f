import { type IResolvable, type IResolveContext, Token } from 'cdktf';

/**
 * A value that is made when cdktf writes it, as its `Lazy` is. That one captures a stack trace for a message about
 * itself, which takes longer than all else about it.
 */
export class Late implements IResolvable {
  readonly creationStack = [];

  /** @param make is called each time that cdktf asks; may return references */
  constructor(private readonly make: (context: IResolveContext) => unknown) {}

  resolve(context: IResolveContext): unknown {
    return this.make(context);
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): unknown {
    return '<unresolved-late>';
  }
}
