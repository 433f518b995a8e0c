package io.flyteconnect.test.identity;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

/**
 * The key that one identity provider signs its tokens with. Making one takes seconds
 * where the machine is busy, so the first ones are there at once, and the key of a
 * provider that is closed goes to one that starts later, by another id; no two providers
 * of a JVM have the same one at a time.
 */
class SigningKey {

	private static final Deque<KeyPair> SPARE = new ConcurrentLinkedDeque<>();

	private static final AtomicInteger TAKEN = new AtomicInteger();

	private final KeyPair pair;

	private final String id = UUID.randomUUID().toString();

	SigningKey() {
		KeyPair spare = SPARE.pollFirst();
		this.pair = (spare != null) ? spare : make();
	}

	private static KeyPair make() {
		int number = TAKEN.getAndIncrement();
		try {
			if (number < ReadyKeys.COUNT) {
				return ReadyKeys.get(number);
			}
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
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

	/**
	 * Let another provider have the key. This one signs nothing any more.
	 */
	void release() {
		SPARE.addFirst(this.pair);
	}

}
