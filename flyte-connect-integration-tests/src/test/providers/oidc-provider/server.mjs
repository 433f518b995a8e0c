// A certified OpenID provider on loopback, with short lives. Arguments: port, redirect URI, "jwt" or "opaque".
import Provider from 'oidc-provider';

const [port, redirectUri, format] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;

const provider = new Provider(issuer, {
  clients: [
    { client_id: 'service', client_secret: 'of the service', grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
    {
      client_id: 'flytectl', application_type: 'native', token_endpoint_auth_method: 'none', redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'], response_types: ['code'],
    },
    { client_id: 'flyte', client_secret: 'of flyte', grant_types: [], redirect_uris: [], response_types: [] },
  ],
  scopes: ['openid', 'offline_access', 'all'],
  rotateRefreshToken: true,
  ttl: { AccessToken: 6, ClientCredentials: 6, RefreshToken: 600, Grant: 600, Session: 600, Interaction: 600, DeviceCode: 600, IdToken: 60 },
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: format === 'jwt',
      defaultResource: () => 'urn:flyte',
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: 'all openid offline_access', accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
    },
  },
});

provider.listen(Number(port), 'localhost');
