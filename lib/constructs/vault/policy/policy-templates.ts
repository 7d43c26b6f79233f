import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';
import { type EntityTemplate, entityTemplates, type PolicyRule } from '../../../policy';

const known = new WeakMap<readonly PolicyRule[], readonly EntityTemplate[]>();

/** The templates of a policy's rules that are for its caller, each once. */
export function templatesOf(rules: readonly PolicyRule[]): readonly EntityTemplate[] {
  const before = known.get(rules);
  if (before) {
    return before;
  }
  const found = rules.flatMap(({ path }) => entityTemplates(path));
  const once = [...new Map(found.map((template) => [template.text, template])).values()];
  known.set(rules, once);
  return once;
}

/** A reference instead of an accessor is known to be wrong if it leads to the path of a mount, which is its ID too. */
export function checkAccessors(policy: Construct, rules: readonly PolicyRule[]): string[] {
  return templatesOf(rules).flatMap(({ accessor }) => {
    const inTerraform: unknown =
      accessor &&
      Tokenization.resolve(accessor, {
        scope: policy,
        preparing: false,
        resolver: new DefaultTokenResolver(new StringConcat()),
      });
    return typeof inTerraform === 'string' && /(?:path|\.id)\}$/.test(inTerraform)
      ? [
          'rules: a template needs the accessor of the mount, and never applies with its path, write mount.accessor; ' +
            `got '${inTerraform}'`,
        ]
      : [];
  });
}
