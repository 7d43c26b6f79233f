import { basename, delimiter, dirname, join } from 'node:path';
import { FOLDER_VARIABLE, type SandboxFolder, type SandboxRecord } from './sandbox-folder';
import { SANDBOX_REGION } from './region';

/** Variables that could make a tool use another account, Vault or provider mirror than the sandbox's. */
const FOREIGN = /^(AWS_|VAULT_|TF_|TERRAFORM_|CDKTF_)/;

/** The environment in which terraform, cdktf, vault and aws act on the sandbox, as its administrator. */
export function sandboxEnvironment(folder: SandboxFolder, record: SandboxRecord): Record<string, string> {
  const { vault, aws, parts } = record;
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return {
    ...(Object.fromEntries(own) as Record<string, string>),
    PATH: [dirname(parts.vault.path), dirname(parts.terraform.path), process.env.PATH].join(delimiter),
    [FOLDER_VARIABLE]: folder.path,
    // Commands of this project then read what was deployed there.
    CDKTF_OUTDIR: folder.cdkOut,
    VAULT_ADDR: vault.address,
    VAULT_TOKEN: vault.token,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: SANDBOX_REGION,
    AWS_ACCESS_KEY_ID: aws.admin.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.admin.secretAccessKey,
    // The user's own profiles do not count here.
    AWS_CONFIG_FILE: join(folder.path, 'no-aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder.path, 'no-aws-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    TF_CLI_CONFIG_FILE: parts.cliConfigFile,
    TF_IN_AUTOMATION: '1',
    TERRAFORM_BINARY_NAME: basename(parts.terraform.path),
    CHECKPOINT_DISABLE: '1',
    // cdktf's own plugin cache would copy the providers, which the mirror only links.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: 'true',
  };
}
