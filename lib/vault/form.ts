import { Fn, type IResolvable, type Precondition, Token } from 'cdktf';

/** What a text must look like, or Vault would store it and never find it equal to anything. */
export interface Form {
  /** For JavaScript and for Terraform's `regex` alike, so without look-around. */
  readonly pattern: RegExp;
  /** The rule in words, after 'must be'. */
  readonly says: string;
}

/** Forms of identifiers in AWS. Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
export const FORMS = {
  accountId: { pattern: /^\d{12}$/, says: "an account's 12 digits" },
  amiId: { pattern: /^ami-[0-9a-f]{8,17}$/, says: "an AMI's ID, 'ami-' and 8 to 17 hexadecimal digits" },
  instanceId: {
    pattern: /^i-[0-9a-f]{8,17}$/,
    says: "an instance's ID, 'i-' and 8 to 17 hexadecimal digits",
  },
  instanceProfileArn: {
    pattern: /^arn:aws[a-z-]*:iam::\d{12}:instance-profile\/[\w+=,.@/-]*[\w+=,.@*-]$/,
    says: "an instance profile's ARN, 'arn:PARTITION:iam::ACCOUNT:instance-profile/NAME', or its beginning and '*'",
  },
  region: { pattern: /^[a-z]{2,}(?:-[a-z]+)+-\d+$/, says: "a region, such as 'eu-central-1'" },
  roleArn: {
    pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]*[\w+=,.@-]$/,
    says: "a role's ARN, 'arn:PARTITION:iam::ACCOUNT:role/NAME'",
  },
  roleArnOrPrefix: {
    pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]*[\w+=,.@*-]$/,
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
  return Token.isUnresolved(value) || form.pattern.test(value)
    ? []
    : [`${place}: must be ${form.says}; got '${value}'`];
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

/** A pattern's check by Terraform. */
export function matches({ source }: RegExp, value: string): IResolvable {
  // Terraform takes a backslash in quotes for an escape, and cdktf writes it as it is.
  return Fn.can(Fn.regex(source.replaceAll('\\', '\\\\'), forFunction(value)));
}

/** A text for a function of cdktf, which warns of one around a reference: its parts are joined by Terraform. */
export function forFunction(value: string): string {
  const parts = value.split(/(\$\{TfToken\[[^\]]*\]\})/).filter((part) => part !== '');
  return parts.length > 1 ? Fn.join('', parts) : value;
}
