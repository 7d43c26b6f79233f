import type { AwsCredentialIdentityProvider } from '../login';
import { readOutputs } from './read-outputs';

/**
 * The access key of a deployed stack's test user, read from its outputs when it is asked for.
 *
 * @param outdir where synth wrote
 * @param env see {@link readOutputs}
 */
export function testUserCredentials(
  stack: string,
  outdir: string,
  env?: NodeJS.ProcessEnv,
): AwsCredentialIdentityProvider {
  return async () => {
    const { test_user_access_key_id: accessKeyId, test_user_secret_access_key: secretAccessKey } =
      await readOutputs(stack, outdir, env);
    if (!accessKeyId || !secretAccessKey) {
      throw new Error(
        `The stack '${stack}' has no test user: settings.ts leaves it out, or it is not deployed yet.`,
      );
    }
    return { accessKeyId, secretAccessKey };
  };
}
