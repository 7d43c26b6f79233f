import { renderAgentHcl } from '../../lib/agent';
import { fullConfig } from './full-config';

describe('the HCL of an agent', () => {
  test('has every field in the names of the agent, and nothing that was not given', () => {
    expect(renderAgentHcl(fullConfig('/run/vault'))).toMatchInlineSnapshot(`
     "pid_file = "/run/vault/agent.pid"
     disable_keep_alives = ["auto-auth"]

     vault {
       address = "https://vault.example.com:8200"
       namespace = "team"
       tls_server_name = "vault.example.com"
       retry {
         num_retries = -1
       }
     }

     auto_auth {
       enable_reauth_on_new_credentials = true
       method {
         type = "aws"
         mount_path = "auth/aws_test"
         namespace = "team"
         min_backoff = "2s"
         max_backoff = "60s"
         exit_on_err = true
         config {
           type = "iam"
           role = "dev_role"
           credential_poll_interval = 30
           access_key = "ASIAIOSFODNN7EXAMPLE"
           secret_key = "a \\"quoted\\" \\u0024{secret}"
           session_token = "session"
           header_value = "vault.example.com"
           region = "eu-central-1"
         }
       }
       sink {
         type = "file"
         config {
           path = "/run/vault/token"
           mode = 0600
         }
       }
       sink {
         type = "file"
         wrap_ttl = "300s"
         config {
           path = "/run/vault/wrapped"
         }
       }
       sink {
         type = "file"
         dh_type = "curve25519"
         dh_path = "/run/vault/public-key.json"
         aad = "TESTAAD"
         derive_key = true
         config {
           path = "/run/vault/encrypted"
         }
       }
     }

     listener "tcp" {
       address = "127.0.0.1:0"
       tls_disable = true
     }

     cache {}

     template {
       contents = "{{ with secret \\"secret/data/app\\" }}\\u000a{{ .Data.data.key }}{{ end }}\\u000a"
       destination = "/run/vault/rendered"
       perms = "0600"
       wait {
         min = "1s"
         max = "2s"
       }
     }
     "
    `);
  });

  test('of the least that logs in is short', () => {
    const method = { mountPath: 'auth/aws', type: 'iam', role: 'dev_role' } as const;
    expect(renderAgentHcl({ autoAuth: { method, sinks: [{ path: '/run/token' }] } })).toMatchInlineSnapshot(`
     "auto_auth {
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
           path = "/run/token"
         }
       }
     }
     "
    `);
  });
});
