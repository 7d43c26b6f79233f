# What operators may do, as it was written by hand before this project.
# Review: ask for ${TICKET} first.

path "sys/health" {
  capabilities = ["read", "sudo"]
}

path "secret/metadata/+/config" {
  capabilities = ["list", "read"]
}

path "auth/token/create" {
  capabilities        = ["update"]
  required_parameters = ["policies"]
  allowed_parameters = {
    "policies" = ["reader"]
    "ttl"      = []
  }
  max_wrapping_ttl = "5m"
}
