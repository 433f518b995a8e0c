package io.flyteconnect.test.identity;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;

/**
 * RSA keys whose primes need not be looked for: each is a hash plus a known distance.
 * Everybody can know them, as everybody knows the password of the test's person.
 */
final class ReadyKeys {

	/** From the hash to the next prime, for both primes of each key. */
	private static final int[][] DISTANCES = { { 418, 386 }, { 206, 880 }, { 396, 568 }, { 160, 2030 } };

	static final int COUNT = DISTANCES.length;

	private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

	private ReadyKeys() {
	}

	/**
	 * Return a key.
	 * @param number its number, less than {@link #COUNT}
	 * @return the same key each time, of 2048 bits
	 * @throws GeneralSecurityException if this Java has no RSA
	 */
	static KeyPair get(int number) throws GeneralSecurityException {
		BigInteger p = prime("p" + (number + 1), DISTANCES[number][0]);
		BigInteger q = prime("q" + (number + 1), DISTANCES[number][1]);
		BigInteger modulus = p.multiply(q);
		BigInteger beforeP = p.subtract(BigInteger.ONE);
		BigInteger beforeQ = q.subtract(BigInteger.ONE);
		BigInteger secret = EXPONENT.modInverse(beforeP.multiply(beforeQ));
		KeyFactory keys = KeyFactory.getInstance("RSA");
		return new KeyPair(keys.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)),
				keys.generatePrivate(new RSAPrivateCrtKeySpec(modulus, EXPONENT, secret, p, q, secret.mod(beforeP),
						secret.mod(beforeQ), q.modInverse(p))));
	}

	private static BigInteger prime(String name, int distance) throws GeneralSecurityException {
		MessageDigest digest = MessageDigest.getInstance("SHA-512");
		byte[] bytes = new byte[128];
		for (int half = 0; half < 2; half++) {
			byte[] hash = digest.digest((name + " " + (half + 1)).getBytes(StandardCharsets.US_ASCII));
			System.arraycopy(hash, 0, bytes, half * hash.length, hash.length);
		}
		// Two such primes make a modulus of exactly 2048 bits.
		BigInteger start = new BigInteger(1, bytes).setBit(1023).setBit(1022).setBit(0);
		return start.add(BigInteger.valueOf(distance));
	}

}
