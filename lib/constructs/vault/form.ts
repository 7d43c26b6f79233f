import { Fn, type IResolvable, Op, type Precondition, TerraformIterator, Token } from 'cdktf';
import { ACCOUNT_ID, INSTANCE_PROFILE_ARN_OR_PREFIX, ROLE_ARN, ROLE_ARN_OR_PREFIX } from '../../iam';
import { REGION } from '../aws';

/** What a text must look like, or Vault would store it and never find it equal to anything. */
export interface Form {
  /** For JavaScript and for Terraform's `regex` alike, so without look-around. */
  readonly pattern: RegExp;
  /** The rule in words, after 'must be'. */
  readonly says: string;
}

/** Forms of identifiers, most of them in AWS. Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
export const FORMS = {
  accountId: { pattern: ACCOUNT_ID, says: "an account's 12 digits" },
  amiId: { pattern: /^ami-[0-9a-f]{8,17}$/, says: "an AMI's ID, 'ami-' and 8 to 17 hexadecimal digits" },
  headerName: { pattern: /^[\w-]+$/, says: "a header's name" },
  instanceId: {
    pattern: /^i-[0-9a-f]{8,17}$/,
    says: "an instance's ID, 'i-' and 8 to 17 hexadecimal digits",
  },
  instanceProfileArn: {
    pattern: INSTANCE_PROFILE_ARN_OR_PREFIX,
    says: "an instance profile's ARN, 'arn:PARTITION:iam::ACCOUNT:instance-profile/NAME', or its beginning and '*'",
  },
  region: REGION,
  roleArn: {
    pattern: ROLE_ARN,
    says: "a role's ARN, 'arn:PARTITION:iam::ACCOUNT:role/NAME'",
  },
  roleArnOrPrefix: {
    pattern: ROLE_ARN_OR_PREFIX,
    says: "a role's ARN, 'arn:PARTITION:iam::ACCOUNT:role/NAME', or its beginning and '*'",
  },
  subnetId: {
    pattern: /^subnet-[0-9a-f]{8,17}$/,
    says: "a subnet's ID, 'subnet-' and 8 to 17 hexadecimal digits",
  },
  vpcId: { pattern: /^vpc-[0-9a-f]{8,17}$/, says: "a VPC's ID, 'vpc-' and 8 to 17 hexadecimal digits" },
} satisfies Record<string, Form>;

/** What is wrong with a value; empty where all is well, or it is known only at apply. */
export function checkForm(place: string, form: Form, value: string): string[] {
  // An undefined one from JavaScript would pass for the text.
  return Token.isUnresolved(value) || (typeof value === 'string' && form.pattern.test(value))
    ? []
    : [`${place}: must be ${form.says}; got '${value}'`];
}

/**
 * What is wrong with the entries of a list; empty where all is well, or the list is a reference as a whole.
 *
 * @param check judges one entry, by its place
 */
export function checkEach<T>(
  place: string,
  list: readonly T[],
  check: (place: string, entry: T) => string[],
): string[] {
  return Token.isUnresolved(list)
    ? []
    : list.flatMap((entry, index) =>
        // cdktf's mark of a list, which it can't put among others.
        typeof entry === 'string' && Token.isUnresolved([entry])
          ? [
              `${place}[${index}]: a reference to a list stands alone, or takes Fn.concat; got it among others`,
            ]
          : check(`${place}[${index}]`, entry),
      );
}

/** The same check by Terraform, for a value that is known only at apply; none where {@link checkForm} judges it. */
export function whenKnown(place: string, form: Form, value: string): Precondition[] {
  return Token.isUnresolved(value)
    ? [
        {
          condition: matches(form.pattern, value),
          errorMessage: `${place}: must be ${form.says}; got '${value}'`,
        },
      ]
    : [];
}

/**
 * The check of a list's entries by Terraform: of each that is known only at apply, or of all where the list is a
 * reference as a whole.
 */
export function whenEachKnown(place: string, form: Form, list: readonly string[]): Precondition[] {
  if (!Token.isUnresolved(list)) {
    return list.flatMap((value, index) => whenKnown(`${place}[${index}]`, form, value));
  }
  const entries = TerraformIterator.fromList([...list]).forExpressionForList(
    `can(regex("${escaped(form.pattern)}", val))`,
  );
  return [
    {
      condition: Fn.alltrue(Token.asList(entries)),
      errorMessage: `${place}: each must be ${form.says}; got '${Fn.join("', '", [...list])}'`,
    },
  ];
}

/** The check by Terraform that a list, which is a reference as a whole, has entries. */
export function whenEmptyKnown(place: string, because: string, list: readonly string[]): Precondition[] {
  return Token.isUnresolved(list)
    ? [
        {
          condition: Op.gte(Fn.lengthOf([...list]), 1),
          errorMessage: `${place}: must not be empty, ${because}; got none`,
        },
      ]
    : [];
}

/** A pattern's check by Terraform. */
export function matches(pattern: RegExp, value: string): IResolvable {
  return Fn.can(Fn.regex(escaped(pattern), forFunction(value)));
}

/** Terraform takes a backslash in quotes for an escape, and cdktf writes it as it is. */
function escaped({ source }: RegExp): string {
  return source.replaceAll('\\', '\\\\');
}

/** A text for a function of cdktf, which warns of one around a reference: its parts are joined by Terraform. */
export function forFunction(value: string): string {
  const parts = value.split(/(\$\{TfToken\[[^\]]*\]\})/).filter((part) => part !== '');
  return parts.length > 1 ? Fn.join('', parts) : value;
}
