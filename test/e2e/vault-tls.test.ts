import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import getPort from 'get-port';
import { callVault } from '../../lib/vault-api/vault-client';
import type { VaultTls } from '../../lib/vault-api';
import { getParts, type Parts } from '../../sandbox/parts';
import { type ServerProcess, startServer, stopServer } from '../../sandbox/servers/server-process';
import { useStateBackend, useVault, type VaultAccess } from '../../lib/constructs/stacks';
import { synth } from '../../lib/constructs/checks';
import { VaultPolicy } from '../../lib/constructs/vault';
import { runTerraform } from './support/terraform';
import { type Certificate, issueCertificate } from './support/certificate';
import { until } from '../support/until';

const NAME = 'vault.internal.example';
const folder = mkdtempSync(join(tmpdir(), 'tls-'));
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
};

/** A certificate for a name, signed by an authority of the test, in files. */
function issue(commonName: string, authority?: Certificate) {
  const issued = issueCertificate(commonName, authority);
  return {
    ...issued,
    certFile: file(`${commonName}.pem`, issued.certificate),
    keyFile: file(`${commonName}.key`, issued.key),
  };
}

let parts: Parts;
let vaultAddress: string;
let server: ServerProcess;
let trusted: Required<VaultTls>;
beforeAll(async () => {
  parts = await getParts();
  const authority = issue('authority');
  const ofVault = issue(NAME, authority);
  const ofClient = issue('client', authority);
  trusted = {
    caCertFile: authority.certFile,
    tlsServerName: NAME,
    clientAuth: { certFile: ofClient.certFile, keyFile: ofClient.keyFile },
  };
  const [port, plain] = [await getPort({ host: '127.0.0.1' }), await getPort({ host: '127.0.0.1' })];
  vaultAddress = `https://127.0.0.1:${port}`;
  const config = file(
    'vault.hcl',
    `listener "tcp" {
      address = "127.0.0.1:${port}"
      tls_cert_file = "${ofVault.certFile}"
      tls_key_file = "${ofVault.keyFile}"
      tls_client_ca_file = "${authority.certFile}"
      tls_require_and_verify_client_cert = true
    }`,
  );
  server = await startServer({
    command: parts.vault.path,
    args: [
      'server',
      '-dev',
      '-dev-no-store-token',
      `-dev-listen-address=127.0.0.1:${plain}`,
      `-config=${config}`,
    ],
    env: { VAULT_DEV_ROOT_TOKEN_ID: 'of-this-test' },
    logFile: join(folder, 'vault.log'),
  });
  await until(() =>
    health(trusted).then(
      () => true,
      () => false,
    ),
  );
});
afterAll(async () => {
  await stopServer(server);
  rmSync(folder, { recursive: true });
});

const health = (tls: VaultTls) => callVault({ vaultAddress, ...tls }, { method: 'GET', path: 'sys/health' });

test('verify reaches a Vault whose certificate an authority of one’s own signed, and shows its own', async () => {
  expect(await health(trusted)).toMatchObject({ initialized: true, sealed: false });
});

describe('verify does not, and says why,', () => {
  test.each<[string, (all: Required<VaultTls>) => VaultTls, RegExp]>([
    [
      'without the authority',
      (all) => ({ ...all, caCertFile: undefined }),
      /unable to (?:verify the first|get local issuer) certificate/,
    ],
    [
      'without the name',
      (all) => ({ ...all, tlsServerName: undefined }),
      /IP: 127\.0\.0\.1 is not in the cert's list/,
    ],
    ['without its own certificate', (all) => ({ ...all, clientAuth: undefined }), /certificate required/],
  ])('%s', async (_, leaveOut, message) => {
    await expect(health(leaveOut(trusted))).rejects.toThrow(message);
  });
});

describe('Terraform', () => {
  const apply = async (id: string, access: VaultAccess) => {
    const outdir = join(folder, id);
    const app = new App({ outdir });
    const stack = new TerraformStack(app, id);
    useVault(stack, { vaultAddress, ...access });
    useStateBackend(stack, { kind: 'local' });
    new VaultPolicy(stack, 'policy', {
      policyName: id,
      rules: [{ path: 'secret/data/a', capabilities: ['read'] }],
    });
    synth(app);
    const cwd = join(outdir, 'stacks', id);
    const env = {
      PATH: process.env.PATH,
      TF_CLI_CONFIG_FILE: parts.cliConfigFile,
      VAULT_TOKEN: 'of-this-test',
    };
    const inStack = { program: parts.terraform.path, cwd, env };
    await runTerraform(inStack, ['init', '-input=false']);
    return runTerraform(inStack, ['apply', '-input=false', '-auto-approve']);
  };

  test('applies by the same settings', async () => {
    expect(await apply('trusted', trusted)).toMatchObject({ exitCode: 0 });
  });

  test('does not without the authority', async () => {
    const { exitCode, output } = await apply('untrusted', { ...trusted, caCertFile: undefined });

    expect(exitCode).toBe(1);
    expect(output).toContain('certificate signed by unknown authority');
  });
});
