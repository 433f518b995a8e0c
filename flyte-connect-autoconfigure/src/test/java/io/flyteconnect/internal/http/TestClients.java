package io.flyteconnect.internal.http;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.HttpProxyScope;
import io.flyteconnect.config.HttpProxySettings;
import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.http.HttpExchangeException.Failure;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.tls.TrustMaterial;
import io.flyteconnect.testsupport.TestProxy;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Clients with the settings that tests ask for.
 */
public final class TestClients {

	public static final TlsSettings JVM_TRUST = new TlsSettings(false, false, null, null);

	private TestClients() {
	}

	/**
	 * Return a proxy of a test as a setting, with the user and password that it asks for.
	 */
	public static HttpProxy setting(TestProxy proxy) {
		return new HttpProxy("127.0.0.1", proxy.port(), proxy.username(), proxy.password());
	}

	static FlyteHttpClient client() {
		return client(JVM_TRUST, null);
	}

	static FlyteHttpClient client(TlsSettings tls, @Nullable HttpProxy proxy) {
		return client("test", TrustMaterial.of("test", tls, null), proxy, Duration.ofSeconds(10),
				DataSize.ofMegabytes(1));
	}

	static FlyteHttpClient client(String connection, TrustMaterial trust, @Nullable HttpProxy proxy,
			Duration totalTimeout, DataSize maxSize) {
		ProxyRoutes routes = ProxyRoutes.of(new HttpProxySettings(proxy, HttpProxyScope.ALL), Map.of());
		return new FlyteHttpClient(connection, trust, routes, Duration.ofSeconds(20), totalTimeout, maxSize);
	}

	public static TlsSettings trusting(Path caFile) {
		return new TlsSettings(false, false, caFile, null);
	}

	static String get(FlyteHttpClient client, URI uri) throws IOException {
		try (ClientHttpResponse response = client.createRequest(uri, HttpMethod.GET).execute()) {
			return new String(response.getBody().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	static ObjectAssert<HttpExchangeException> assertFails(Failure failure, ThrowingCallable request) {
		return assertThatExceptionOfType(HttpExchangeException.class).isThrownBy(request)
			.matches((ex) -> ex.getFailure() == failure, "fails by " + failure)
			.asInstanceOf(InstanceOfAssertFactories.type(HttpExchangeException.class));
	}

}
