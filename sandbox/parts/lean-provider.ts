/** The package that the AWS provider's generated lists belong to. */
const MODULE = 'github.com/hashicorp/terraform-provider-aws';

/** The generated list of all services, in the provider's module. */
export const SERVICE_LIST = 'internal/provider/sdkv2/service_packages_gen.go';
/** The generated list of all AWS clients, in the provider's module. */
export const CLIENT_LIST = 'internal/conns/awsclient_gen.go';

/** The services of the stack: IAM, STS, and `meta`, which has the data sources of account and partition. */
export const KEPT_SERVICES = ['iam', 'meta', 'sts'];
/** The clients that those services, and the provider's own code around all services, name. */
export const KEPT_CLIENTS = [
  'account',
  'dynamodb',
  'ec2',
  'iam',
  'organizations',
  'resourcegroupstaggingapi',
  's3',
  'sns',
  'sqs',
  'ssoadmin',
  'sts',
];

/**
 * The generated list of services without those that are not kept: their imports and their entries.
 *
 * @throws Error if a kept service is not in the list, or there was nothing to leave out: then the form of the file has
 * changed
 */
export function keepServices(source: string, kept: readonly string[]): string {
  const imported = new RegExp(`^\\s*(?:\\w+ )?"${MODULE}/internal/service/(\\w+)"$`);
  const listed = /^\s*(\w+)\.ServicePackage\(ctx\),$/;
  return keep(SERVICE_LIST, kept, source.split('\n'), '\n', [imported, listed]);
}

/**
 * The generated list of AWS clients without those that are not kept: their imports and their methods.
 *
 * @throws Error as {@link keepServices}
 */
export function keepClients(source: string, kept: readonly string[]): string {
  const imported = /^\t"github\.com\/aws\/aws-sdk-go-v2\/service\/(\w+)"\n$/;
  const method = /^func \(c \*AWSClient\) \w+\(ctx context\.Context\) \*(\w+)\.Client \{\n.*\n\}\n$/;
  const pieces = source.split(
    /(^\t"github\.com\/aws\/aws-sdk-go-v2\/service\/\w+"\n|^func \(c \*AWSClient\) [^\n]*\.Client \{\n.*\n\}\n)/m,
  );
  return keep(CLIENT_LIST, kept, pieces, '', [imported, method]);
}

function keep(
  file: string,
  kept: readonly string[],
  pieces: readonly string[],
  glue: string,
  forms: readonly RegExp[],
): string {
  const seen = forms.map(() => new Set<string>());
  const left = pieces.filter((piece) => {
    const form = forms.findIndex((pattern) => pattern.test(piece));
    if (form < 0) return true;
    const name = forms[form]!.exec(piece)![1]!;
    seen[form]!.add(name);
    return kept.includes(name);
  });
  for (const names of seen) {
    const lacking = kept.filter((name) => !names.has(name));
    if (lacking.length > 0 || names.size === kept.length) {
      const what = lacking.length > 0 ? `does not name ${lacking.join(', ')}` : 'names nothing to leave out';
      throw new Error(
        `${file} of the AWS provider ${what}: its form is not the one that the lean build knows. ` +
          'Look at the file and at sandbox/parts/lean-provider.ts, or build the whole provider.',
      );
    }
  }
  return left.join(glue);
}
