import { spawnSync } from 'node:child_process';
import { loadAll } from 'js-yaml';
import { type AgentConfig, type AwsMethod, renderAgentHcl, type Sink } from '../../lib/agent';
import { renderKubernetes } from '../../lib/agent/kubernetes';
import { fullConfig } from './full-config';

const agent = (method: Partial<AwsMethod> = {}, sinks: Sink[] = [{ path: '/run/vault-agent/token' }]) =>
  ({
    vault: { address: 'https://vault.example.com:8200' },
    autoAuth: { method: { mountPath: 'auth/aws', type: 'iam', role: 'dev_role', ...method }, sinks },
  }) as const satisfies AgentConfig;

const OPTIONS = { iamRoleArn: 'arn:aws:iam::111122223333:role/app', appImage: 'registry.example.com/app:2' };

interface Container {
  readonly [field: string]: unknown;
  readonly volumeMounts: { name: string; mountPath: string }[];
}
interface Manifest {
  readonly kind: string;
  readonly metadata: { name: string; namespace: string };
  readonly data?: Record<string, string>;
  readonly stringData?: Record<string, string>;
  readonly spec?: {
    template: {
      metadata: { annotations: Record<string, string> };
      spec: { initContainers: Container[]; containers: Container[]; volumes: { name: string }[] };
    };
  };
}

const manifests = (...args: Parameters<typeof renderKubernetes>) =>
  loadAll(renderKubernetes(...args)) as [Manifest, Manifest, Manifest];
const podOf = (...args: Parameters<typeof renderKubernetes>) => manifests(...args)[2].spec!.template;

test('the manifest of an agent', () => {
  expect(renderKubernetes(agent(), OPTIONS)).toMatchInlineSnapshot(`
   "# An app with a Vault Agent next to it, for EKS with IAM roles for service accounts.
   ---
   apiVersion: v1
   kind: ServiceAccount
   metadata:
     name: dev-role
     namespace: default
     labels:
       app.kubernetes.io/name: dev-role
     annotations:
       eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/app
   ---
   apiVersion: v1
   kind: ConfigMap
   metadata:
     name: dev-role-vault-agent
     namespace: default
     labels:
       app.kubernetes.io/name: dev-role
   data:
     agent.hcl: |
       vault {
         address = "https://vault.example.com:8200"
       }

       auto_auth {
         method {
           type = "aws"
           mount_path = "auth/aws"
           config {
             type = "iam"
             role = "dev_role"
           }
         }
         sink {
           type = "file"
           config {
             path = "/run/vault-agent/token"
           }
         }
       }
   ---
   apiVersion: apps/v1
   kind: Deployment
   metadata:
     name: dev-role
     namespace: default
     labels:
       app.kubernetes.io/name: dev-role
   spec:
     replicas: 1
     selector:
       matchLabels:
         app.kubernetes.io/name: dev-role
     template:
       metadata:
         labels:
           app.kubernetes.io/name: dev-role
         annotations:
           vault-agent/config: f908923fae73ba99029b83576d24292e0778f1b10cd818d0d06639efb192b5c7
       spec:
         serviceAccountName: dev-role
         automountServiceAccountToken: false
         securityContext:
           runAsNonRoot: true
           runAsUser: 100
           runAsGroup: 1000
           fsGroup: 1000
           seccompProfile:
             type: RuntimeDefault
         initContainers:
           - name: vault-agent
             image: hashicorp/vault:1.21.1
             restartPolicy: Always
             command:
               - vault
             args:
               - agent
               - '-disable-gated-logs'
               - '-config=/etc/vault-agent/agent.hcl'
             env:
               - name: AWS_EC2_METADATA_DISABLED
                 value: 'true'
             startupProbe:
               exec:
                 command:
                   - test
                   - '-s'
                   - /run/vault-agent/token
               periodSeconds: 1
               failureThreshold: 120
             resources:
               requests:
                 cpu: 10m
                 memory: 64Mi
               limits:
                 memory: 128Mi
             securityContext:
               allowPrivilegeEscalation: false
               readOnlyRootFilesystem: true
               capabilities:
                 drop:
                   - ALL
             volumeMounts:
               - name: config
                 mountPath: /etc/vault-agent
                 readOnly: true
               - name: written-0
                 mountPath: /run/vault-agent
         containers:
           - name: app
             image: registry.example.com/app:2
             securityContext:
               allowPrivilegeEscalation: false
               readOnlyRootFilesystem: true
               capabilities:
                 drop:
                   - ALL
             volumeMounts:
               - name: written-0
                 mountPath: /run/vault-agent
                 readOnly: true
         volumes:
           - name: config
             configMap:
               name: dev-role-vault-agent
           - name: written-0
             emptyDir:
               medium: Memory
               sizeLimit: 1Mi
   "
  `);
});

test('what has to be replaced is said first', () => {
  expect(renderKubernetes(agent()).split('---')[0]).toBe(
    [
      '# An app with a Vault Agent next to it, for EKS with IAM roles for service accounts.',
      '# Replace arn:aws:iam::111122223333:role/REPLACE_ME',
      '# Replace registry.example.com/replace-me:1',
      '',
    ].join('\n'),
  );
  expect(renderKubernetes(agent(), OPTIONS)).not.toMatch(/replace/i);
});

test('the configuration is in it as it is, whatever its characters', () => {
  const config = fullConfig('/run/vault');
  const [, { kind, stringData }] = manifests(config);

  expect(kind).toBe('Secret');
  expect(stringData!['agent.hcl']).toBe(renderAgentHcl(config));
});

test('a secret is in a Secret alone', () => {
  const config = agent({ accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'only-there' });
  const [account, secret, deployment] = manifests(config);

  expect(manifests(agent()).map(({ kind }) => kind)).toEqual(['ServiceAccount', 'ConfigMap', 'Deployment']);
  expect(secret).toMatchObject({ kind: 'Secret', metadata: { name: 'dev-role-vault-agent' } });
  expect(JSON.stringify([account, deployment])).not.toMatch(/only-there|AKIA/);
});

test('another configuration replaces the pods', () => {
  const annotation = (config: AgentConfig) => podOf(config).metadata.annotations['vault-agent/config'];

  expect(annotation(agent())).toBe(annotation(agent()));
  expect(annotation(agent())).not.toBe(annotation(agent({ role: 'other' })));
});

test('a failed web identity login does not end as the role of the node', () => {
  expect(podOf(agent()).spec.initContainers[0]!.env).toEqual([
    { name: 'AWS_EC2_METADATA_DISABLED', value: 'true' },
  ]);
});

test('each folder that the agent writes to is in memory, and the app reads it', () => {
  const { spec } = podOf(
    agent({}, [{ path: '/run/a/token' }, { path: '/run/a/other' }, { path: '/b/token' }]),
  );

  expect(spec.containers[0]!.volumeMounts).toEqual([
    { name: 'written-0', mountPath: '/run/a', readOnly: true },
    { name: 'written-1', mountPath: '/b', readOnly: true },
  ]);
  expect(spec.volumes.slice(1)).toEqual([
    { name: 'written-0', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
    { name: 'written-1', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
  ]);
});

test('an agent that ends after its login is no sidecar, and one without a sink is not waited for', () => {
  const once = podOf({ ...agent(), attributes: { exit_after_auth: true } }).spec.initContainers[0]!;
  const withoutSink = podOf(agent({}, [])).spec.initContainers[0]!;

  expect(once).not.toHaveProperty('restartPolicy');
  expect(once).not.toHaveProperty('startupProbe');
  expect(withoutSink).toMatchObject({ restartPolicy: 'Always' });
  expect(withoutSink).not.toHaveProperty('startupProbe');
});

describe('names:', () => {
  test.each([
    ['dev_role', 'dev-role'],
    ['_a..b_', 'a-b'],
    ['a-role-with-a-name-that-is-longer-than-40-', 'a-role-with-a-name-that-is-longer-than-4'],
  ])('the role %s is %s', (role, name) => {
    expect(manifests(agent({ role }))[0].metadata.name).toBe(name);
  });

  test.each(['Upper', 'a_b', '-a', 'a: b\n'])('%j is refused as one', (name) => {
    expect(() => renderKubernetes(agent(), { name })).toThrow(`name: must be at most 40`);
    expect(() => renderKubernetes(agent(), { namespace: name })).toThrow(`namespace: must be at most 40`);
  });

  test('what reads as another type of YAML stays a text', () => {
    expect(manifests(agent(), { name: 'on', namespace: '0123' })[0].metadata).toMatchObject({
      name: 'on',
      namespace: '0123',
    });
  });
});

test.each([
  'arn:aws:iam::1:role/a',
  'arn:aws:iam::111122223333:user/a',
  'arn:aws:sts::111122223333:assumed-role/a/b',
])('%s is refused as the role of the pods', (iamRoleArn) => {
  expect(() => renderKubernetes(agent(), { iamRoleArn })).toThrow(
    `iamRoleArn: must be the ARN of an IAM role, such as arn:aws:iam::111122223333:role/REPLACE_ME; got '${iamRoleArn}'`,
  );
});

test('type ec2 is refused: a pod is no instance', () => {
  expect(() => renderKubernetes(agent({ type: 'ec2' }))).toThrow(
    "The role 'dev_role' is of type ec2: for Vault all pods of a node are one instance",
  );
});

// Where it is, as on the machines of CI: it drops what a Deployment does not have.
if (spawnSync('kubectl', ['version', '--client']).status === 0) {
  test('kubectl knows every field of the Deployment', () => {
    const [, , deployment] = manifests(fullConfig('/run/vault'), OPTIONS);
    const { stdout } = spawnSync('kubectl', ['set', 'env', '--local', '-f', '-', 'ADDED=1', '-o', 'json'], {
      input: JSON.stringify(deployment),
      encoding: 'utf8',
    });

    expect(JSON.parse(stdout)).toMatchObject(withoutEnv(deployment));
  });
}

/** kubectl adds a variable to those. */
function withoutEnv(manifest: Manifest): object {
  return JSON.parse(
    JSON.stringify(manifest, (key, value: unknown) => (key === 'env' ? undefined : value)),
  ) as object;
}
