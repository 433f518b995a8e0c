package io.flyteconnect.test.identity;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReadyKeys}.
 */
class ReadyKeysTests {

	@Test
	void whenAKeyIsTakenThenItIsOneOfTwoPrimesOfItsOwnAndSigns() throws Exception {
		Set<BigInteger> primes = new HashSet<>();
		for (int number = 0; number < ReadyKeys.COUNT; number++) {
			KeyPair pair = ReadyKeys.get(number);
			RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.getPrivate();
			assertThat(key.getPrimeP().isProbablePrime(64)).isTrue();
			assertThat(key.getPrimeQ().isProbablePrime(64)).isTrue();
			primes.add(key.getPrimeP());
			primes.add(key.getPrimeQ());
			assertThat(((RSAPublicKey) pair.getPublic()).getModulus().bitLength()).isEqualTo(2048);
			Signature signature = Signature.getInstance("SHA256withRSA");
			signature.initSign(pair.getPrivate());
			signature.update((byte) number);
			byte[] signed = signature.sign();
			signature.initVerify(pair.getPublic());
			signature.update((byte) number);
			assertThat(signature.verify(signed)).isTrue();
		}
		assertThat(primes).hasSize(2 * ReadyKeys.COUNT);
	}

}
