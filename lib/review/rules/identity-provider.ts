import { sameValue, textOf, type Values } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** By kind, the attributes that decide which identities AWS accepts. */
const DECISIVE: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws_iam_openid_connect_provider', ['url', 'client_id_list', 'thumbprint_list']],
  ['aws_iam_saml_provider', ['name', 'saml_metadata_document']],
]);

/** AWS trusts another identity provider, or the way changes by which it trusts one. */
export const identityProvider: ReviewRule = {
  id: 'identity-provider',
  severity: 'medium',
  reason: 'Everybody that the provider identifies can assume the roles whose trust names the provider.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }): Found[] => {
      const decisive = DECISIVE.get(type);
      const name = nameOf(after?.values) ?? nameOf(before?.values) ?? address;
      const addresses = [address];
      if (decisive === undefined) {
        return [];
      }
      if (before === undefined || after === undefined) {
        return [
          after
            ? { sentence: say`AWS trusts the identity provider ${name} from now on`, addresses }
            : {
                severity: 'low',
                sentence: say`AWS no longer trusts the identity provider ${name}`,
                addresses,
              },
        ];
      }
      const changed = decisive.filter(
        (attribute) => !sameValue(before.values[attribute], after.values[attribute]),
      );
      return changed.length === 0
        ? []
        : [
            {
              severity: 'high',
              sentence: say`the identity provider ${name} changes in ${names(changed)}, by which AWS trusts it`,
              addresses,
            },
          ];
    }),
};

function nameOf(values: Values | undefined): string | undefined {
  return textOf(values?.url) ?? textOf(values?.name);
}
