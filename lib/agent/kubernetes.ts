import { createHash } from 'node:crypto';
import { dump } from 'js-yaml';
import { ROLE_ARN } from '../iam';
import type { AgentConfig } from './agent-config';
import { podTemplate } from './kubernetes-pod';
import { renderAgentHcl } from './render-hcl';
import { hasSecrets } from './secrets';

export interface KubernetesOptions {
  /**
   * The name of all objects: at most 40 lower-case letters, digits and -.
   * @default the role's name, changed to that form
   */
  readonly name?: string;

  /** @default 'default' */
  readonly namespace?: string;

  /** ARN of the IAM role that the pods have in AWS, by IRSA. @default a placeholder, to be replaced */
  readonly iamRoleArn?: string;

  /** The container that reads the token. @default a placeholder, to be replaced */
  readonly appImage?: string;
}

/** What has to be replaced before the manifest is applied. */
const PLACEHOLDERS = {
  iamRoleArn: 'arn:aws:iam::111122223333:role/REPLACE_ME',
  appImage: 'registry.example.com/replace-me:1',
};

/**
 * A Deployment with the agent next to an app. The service account names the IAM role (IRSA). The agent uses
 * its web identity token. The token of Vault is in memory that both containers share.
 *
 * The configuration is in a ConfigMap, or in a Secret if it holds secrets.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html and
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers (Kubernetes 1.29)
 *
 * @throws Error if the type is ec2, a name or an ARN does not have its form, or a path is not absolute
 */
export function renderKubernetes(config: AgentConfig, options: KubernetesOptions = {}): string {
  const { role, type } = config.autoAuth.method;
  const {
    namespace = 'default',
    iamRoleArn = PLACEHOLDERS.iamRoleArn,
    appImage = PLACEHOLDERS.appImage,
  } = options;
  const name = options.name ?? nameOf(role);
  check(name, namespace, iamRoleArn);
  if (type === 'ec2') {
    throw new Error(
      `The role '${role}' is of type ec2: for Vault all pods of a node are one instance, and only one of them knows its nonce. Use a role of type iam.`,
    );
  }
  const metadata = { namespace, labels: { 'app.kubernetes.io/name': name } };
  const hcl = renderAgentHcl(config);
  const secret = hasSecrets(config);
  const configName = `${name}-vault-agent`;
  const documents = [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, ...metadata, annotations: { 'eks.amazonaws.com/role-arn': iamRoleArn } },
    },
    {
      apiVersion: 'v1',
      kind: secret ? 'Secret' : 'ConfigMap',
      metadata: { name: configName, ...metadata },
      [secret ? 'stringData' : 'data']: { 'agent.hcl': hcl },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, ...metadata },
      spec: {
        replicas: 1,
        selector: { matchLabels: metadata.labels },
        template: {
          metadata: {
            labels: metadata.labels,
            // The agent does not read a changed configuration by itself. With this annotation Kubernetes
            // replaces the pods.
            annotations: { 'vault-agent/config': createHash('sha256').update(hcl).digest('hex') },
          },
          spec: podTemplate(config, { serviceAccount: name, configName, secret, appImage }),
        },
      },
    },
  ];
  return [
    heading(Object.values(PLACEHOLDERS).filter((text) => [iamRoleArn, appImage].includes(text))),
    // No anchors: they would be right, and nobody expects them in a manifest.
    ...documents.map((document) => dump(document, { noRefs: true, lineWidth: 110 })),
  ].join('---\n');
}

function heading(placeholders: readonly string[]): string {
  const replace = placeholders.map((text) => `# Replace ${text}\n`).join('');
  return `# An app with a Vault Agent next to it, for EKS with IAM roles for service accounts.\n${replace}`;
}

/** A role's name may hold what an object's can't: _ and dots. */
function nameOf(role: string): string {
  return role
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
}

function check(name: string, namespace: string, iamRoleArn: string): void {
  for (const [what, text] of Object.entries({ name, namespace })) {
    if (!/^[a-z0-9](?:[-a-z0-9]{0,38}[a-z0-9])?$/.test(text)) {
      throw new Error(
        `${what}: must be at most 40 lower-case letters, digits and -, with no - at either end; got '${text}'`,
      );
    }
  }
  if (!ROLE_ARN.test(iamRoleArn)) {
    throw new Error(
      `iamRoleArn: must be the ARN of an IAM role, such as ${PLACEHOLDERS.iamRoleArn}; got '${iamRoleArn}'`,
    );
  }
}
