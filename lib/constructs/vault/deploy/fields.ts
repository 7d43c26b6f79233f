import { type Block, hasReference, References, type SynthJson, unescaped } from '../../../terraform';
import { type FieldOf, IDS } from './paths';

/**
 * The values of a stack's fields as they are written in a path. References to other parts of the stack are followed.
 */
export function fieldsIn(stack: SynthJson): (resource: Block) => FieldOf {
  const references = new References(stack, (type, attribute, argument) =>
    attribute === 'id' ? IDS[type]?.((name) => argument(name) ?? '') : undefined,
  );
  return (resource) => {
    const argument = references.argumentsOf(resource);
    return (name) => asPath(argument(name) ?? '');
  };
}

/** A segment with a part that is known only at apply is a wildcard. */
function asPath(filled: string): string {
  if (!hasReference(filled)) {
    return unescaped(filled);
  }
  let text = filled;
  // An expression may contain braces and slashes: the innermost goes first.
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/\$?\{[^{}]*\}/g, '\0');
  }
  return text.replace(/[^/]*\0[^/]*/g, '+');
}
