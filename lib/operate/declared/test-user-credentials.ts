import { type CliOptions, readOutputs } from '../../terraform';

/**
 * The access key of a deployed stack's test user, from the stack's outputs. The second half is secret.
 *
 * @param outdir where synth wrote
 * @throws Error if the stack is not deployed, has no test user, or has one whose secret Terraform does not know
 */
export async function testUserCredentials(
  stack: string,
  outdir: string,
  options?: CliOptions,
): Promise<{ accessKeyId: string; secretAccessKey: string }> {
  const { test_user_access_key_id: accessKeyId, test_user_secret_access_key: secretAccessKey } =
    await readOutputs(stack, outdir, options);
  if (accessKeyId && !secretAccessKey) {
    throw new Error(
      `The stack '${stack}' adopted its test user, and nobody can read the secret of the access key ${accessKeyId}: log in with it yourself, \`AWS_PROFILE=… npx vault-aws-auth verify\`.`,
    );
  }
  if (!accessKeyId || !secretAccessKey) {
    throw new Error(
      `The stack '${stack}' has no test user: settings.ts leaves it out, or the stack is not deployed yet. Deploy it with \`npx cdktf deploy\`.`,
    );
  }
  return { accessKeyId, secretAccessKey };
}
