package io.flyteconnect.internal.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import org.jspecify.annotations.Nullable;

/**
 * Shows the client certificate of another key manager, which can be exchanged: the next
 * handshake asks the new one.
 */
final class ReloadedKeys extends X509ExtendedKeyManager {

	private volatile X509ExtendedKeyManager current;

	/**
	 * Create a key manager.
	 * @param first what to show at first
	 */
	ReloadedKeys(X509ExtendedKeyManager first) {
		this.current = first;
	}

	/**
	 * Show another certificate from now on.
	 * @param next what to show
	 */
	void use(X509ExtendedKeyManager next) {
		this.current = next;
	}

	@Override
	public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
		return this.current.getClientAliases(keyType, issuers);
	}

	@Override
	public @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers,
			@Nullable Socket socket) {
		return this.current.chooseClientAlias(keyType, issuers, socket);
	}

	@Override
	public @Nullable String chooseEngineClientAlias(String[] keyType, Principal @Nullable [] issuers,
			@Nullable SSLEngine engine) {
		return this.current.chooseEngineClientAlias(keyType, issuers, engine);
	}

	@Override
	public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
		return this.current.getServerAliases(keyType, issuers);
	}

	@Override
	public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
		return this.current.chooseServerAlias(keyType, issuers, socket);
	}

	@Override
	public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers,
			@Nullable SSLEngine engine) {
		return this.current.chooseEngineServerAlias(keyType, issuers, engine);
	}

	@Override
	public X509Certificate @Nullable [] getCertificateChain(String alias) {
		return this.current.getCertificateChain(alias);
	}

	@Override
	public @Nullable PrivateKey getPrivateKey(String alias) {
		return this.current.getPrivateKey(alias);
	}

}
