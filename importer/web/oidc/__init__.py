"""Signing in at a provider of OpenID Connect; loaded only where `[web.oidc]` is set."""
