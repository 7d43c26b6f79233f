import type { AgentConfig } from './agent-config';
import { writtenFolders } from './written-folders';

/** The release whose agent these configurations are tested on. */
const IMAGE = 'hashicorp/vault:1.21.1';

export interface PodOptions {
  readonly serviceAccount: string;
  /** Name of what holds the configuration. */
  readonly configName: string;
  /** Whether that is a Secret. */
  readonly secret: boolean;
  readonly appImage: string;
}

/** No container needs more than to run. */
const LEAST = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/** The pod: an agent that starts before the app and keeps running next to it. */
export function podTemplate(config: AgentConfig, options: PodOptions): object {
  const { serviceAccount, configName, secret, appImage } = options;
  const written = writtenFolders(config).map((mountPath, index) => ({ name: `written-${index}`, mountPath }));
  const once = config.attributes?.exit_after_auth === true;
  const [sink] = config.autoAuth.sinks;
  return {
    serviceAccountName: serviceAccount,
    // The token for AWS is mounted anyway. This one is for the Kubernetes API, which neither container calls.
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      // The image's user `vault`; the group may read the token.
      runAsUser: 100,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    initContainers: [
      {
        name: 'vault-agent',
        image: IMAGE,
        ...(once ? {} : { restartPolicy: 'Always' }),
        // Not the image's entrypoint, because that one needs root.
        command: ['vault'],
        // An agent that can't start would keep back the lines of its log that say why.
        args: ['agent', '-disable-gated-logs', '-config=/etc/vault-agent/agent.hcl'],
        // A failed web identity login would fall back to the role of the node.
        env: [{ name: 'AWS_EC2_METADATA_DISABLED', value: 'true' }],
        // The app starts when there is a token.
        ...(sink && !once
          ? {
              startupProbe: {
                exec: { command: ['test', '-s', sink.path] },
                periodSeconds: 1,
                failureThreshold: 120,
              },
            }
          : {}),
        resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        securityContext: LEAST,
        volumeMounts: [{ name: 'config', mountPath: '/etc/vault-agent', readOnly: true }, ...written],
      },
    ],
    containers: [
      {
        name: 'app',
        image: appImage,
        securityContext: LEAST,
        volumeMounts: written.map((mount) => ({ ...mount, readOnly: true })),
      },
    ],
    volumes: [
      {
        name: 'config',
        ...(secret ? { secret: { secretName: configName } } : { configMap: { name: configName } }),
      },
      ...written.map(({ name }) => ({ name, emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } })),
    ],
  };
}
