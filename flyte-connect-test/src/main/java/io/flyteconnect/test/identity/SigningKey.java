package io.flyteconnect.test.identity;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.UUID;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

/**
 * The key that one identity provider signs its tokens with.
 */
class SigningKey {

	private final KeyPair pair;

	private final String id = UUID.randomUUID().toString();

	SigningKey() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			this.pair = generator.generateKeyPair();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("This Java has no RSA keys", ex);
		}
	}

	RSAPublicKey publicKey() {
		return (RSAPublicKey) this.pair.getPublic();
	}

	JWKSource<SecurityContext> source() {
		return new ImmutableJWKSet<>(
				new JWKSet(new RSAKey.Builder(publicKey()).privateKey(this.pair.getPrivate()).keyID(this.id).build()));
	}

}
