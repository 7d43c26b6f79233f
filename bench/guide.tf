# The guide's ten resources, as written by hand: what `cdktf deploy` is measured against.
terraform {
  required_providers {
    aws   = { source = "hashicorp/aws", version = ">= 5.0.0, < 7.0.0" }
    vault = { source = "hashicorp/vault", version = ">= 4.4.0, < 6.0.0" }
  }
}

variable "aws_endpoint" { type = string }

data "aws_caller_identity" "caller" {}
data "aws_partition" "partition" {}

resource "aws_iam_user" "vault_user" {
  name = "vault_auth"
}

resource "aws_iam_policy" "vault_user" {
  name = "VaultAuthUser"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:GetUser", Resource = "*" }]
  })
}

resource "aws_iam_user_policy_attachment" "vault_user" {
  user       = aws_iam_user.vault_user.name
  policy_arn = aws_iam_policy.vault_user.arn
}

resource "aws_iam_access_key" "vault_user" {
  user = aws_iam_user.vault_user.name
}

resource "aws_iam_user" "test_user" {
  name = "dev_account"
}

resource "aws_iam_access_key" "test_user" {
  user = aws_iam_user.test_user.name
}

resource "vault_auth_backend" "mount" {
  type = "aws"
  path = "aws_test"
}

resource "vault_aws_auth_backend_client" "client" {
  backend                    = vault_auth_backend.mount.path
  access_key                 = aws_iam_access_key.vault_user.id
  secret_key                 = aws_iam_access_key.vault_user.secret
  iam_endpoint               = var.aws_endpoint
  sts_endpoint               = var.aws_endpoint
  sts_region                 = "us-east-1"
  iam_server_id_header_value = "127.0.0.1"
  depends_on                 = [aws_iam_user_policy_attachment.vault_user]
}

resource "vault_policy" "policy" {
  name   = "dev_policy"
  policy = <<-EOT
    path "secret/data/*" {
      capabilities = ["create", "read", "update", "delete", "list"]
    }
    path "secret/metadata/*" {
      capabilities = ["list"]
    }
  EOT
}

resource "vault_aws_auth_backend_role" "role" {
  backend                  = vault_auth_backend.mount.path
  role                     = "dev_role"
  auth_type                = "iam"
  bound_iam_principal_arns = ["arn:${data.aws_partition.partition.partition}:iam::${data.aws_caller_identity.caller.account_id}:user/*"]
  token_policies           = [vault_policy.policy.name]
  token_ttl                = 3600
  token_max_ttl            = 86400
  depends_on               = [vault_aws_auth_backend_client.client]
}
