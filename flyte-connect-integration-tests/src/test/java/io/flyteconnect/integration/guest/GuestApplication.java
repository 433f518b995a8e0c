package io.flyteconnect.integration.guest;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * An application of somebody else that runs with Flyte Connect or, to compare, without.
 */
final class GuestApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final CookieManager cookies = new CookieManager();

	private GuestApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static Starter of(Class<?> application) {
		return new Starter(application);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Return the beans that are not Flyte's, with their types.
	 */
	Map<String, String> beans() {
		ConfigurableListableBeanFactory beans = this.context.getBeanFactory();
		Map<String, String> result = new TreeMap<>();
		List<String> names = new ArrayList<>(List.of(beans.getBeanDefinitionNames()));
		names.addAll(Arrays.asList(beans.getSingletonNames()));
		for (String name : names) {
			if (!isOfFlyte(name)) {
				result.put(name, typeName(beans.getType(name, false)));
			}
		}
		return result;
	}

	/**
	 * Return the names of Flyte's beans.
	 */
	List<String> beansOfFlyte() {
		return Arrays.stream(this.context.getBeanDefinitionNames()).filter(GuestApplication::isOfFlyte).toList();
	}

	// Properties are beans by the name of their prefix and type.
	private static boolean isOfFlyte(String name) {
		return name.startsWith("flyte") || name.contains("-io.flyteconnect.")
				|| (name.startsWith("io.flyteconnect.") && !name.contains("Tests$"));
	}

	// Names of hidden classes and proxies are counted through the JVM.
	static String typeName(@Nullable Class<?> type) {
		return (type != null) ? type.getName().replaceFirst("\\$\\$Lambda.*", "").replaceFirst("\\$Proxy\\d+", "Proxy")
				: "";
	}

	/**
	 * Return status and place of a page, as a browser sees it.
	 */
	String page(String path, String... headers) {
		HttpResponse<String> response = get(path, headers);
		return response.statusCode() + response.headers()
			.firstValue("Location")
			.map((to) -> " to " + to)
			.orElse("")
			.replaceFirst("(localhost|127\\.0\\.0\\.1):\\d+", "here")
			.replaceAll("(state|nonce|code_challenge)=[^&]+", "$1");
	}

	/**
	 * Return the text of a page, without what is random in it.
	 */
	String text(String path) {
		return get(path).body()
			.replaceAll("value=\"[\\w-]{20,}\"", "value")
			.replaceAll("(?s)<div id='created'>.*?</div>|\\[[0-9a-f-]+]", "");
	}

	private HttpResponse<String> get(String path, String... headers) {
		URI uri = URI
			.create("http://localhost:" + this.context.getEnvironment().getProperty("local.server.port") + path);
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
		request.header("Accept", "text/html");
		if (headers.length > 0) {
			request.headers(headers);
		}
		// A connection of its own: an answer after one that refuses a bearer token may
		// never
		// arrive on the same connection, with Flyte Connect or without.
		HttpClient http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.cookieHandler(this.cookies)
			.build();
		try {
			return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Starts the application on a free port.
	 */
	static final class Starter {

		private final Class<?> application;

		private final List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--server.address=localhost",
				"--flyte.config-file=none", "--flyte.platform.insecure=true", "--spring.main.banner-mode=off",
				// Says with a stack trace that a registration is unknown.
				"--logging.level.org.springframework.security.oauth2.client.web=OFF"));

		private WebApplicationType web = WebApplicationType.SERVLET;

		private @Nullable ClassLoader classLoader;

		private Starter(Class<?> application) {
			this.application = application;
		}

		Starter properties(String... properties) {
			for (String property : properties) {
				this.arguments.add("--" + property);
			}
			return this;
		}

		Starter web(WebApplicationType web) {
			this.web = web;
			return this;
		}

		Starter classLoader(ClassLoader classLoader) {
			this.classLoader = classLoader;
			return this;
		}

		GuestApplication withFlyte() {
			return start(this.arguments);
		}

		GuestApplication withoutFlyte() {
			List<String> all = new ArrayList<>(this.arguments);
			all.add("--spring.autoconfigure.exclude="
					+ ImportCandidates.load(AutoConfiguration.class, GuestApplication.class.getClassLoader())
						.getCandidates()
						.stream()
						.filter((name) -> name.startsWith("io.flyteconnect."))
						.collect(Collectors.joining(",")));
			return start(all);
		}

		private GuestApplication start(List<String> arguments) {
			SpringApplicationBuilder builder = new SpringApplicationBuilder(this.application, Keys.class).web(this.web);
			if (this.classLoader != null) {
				builder.resourceLoader(new DefaultResourceLoader(this.classLoader));
			}
			return new GuestApplication(builder.run(arguments.toArray(String[]::new)));
		}

	}

	/**
	 * What Boot makes for the authorization server of each application, once: it takes
	 * longer than all else of a start.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Keys {

		private static final JWKSource<SecurityContext> SOURCE = new ImmutableJWKSet<>(new JWKSet(key()));

		@Bean
		JWKSource<SecurityContext> jwkSource() {
			return SOURCE;
		}

		private static RSAKey key() {
			try {
				return new RSAKeyGenerator(RSAKeyGenerator.MIN_KEY_SIZE_BITS).generate();
			}
			catch (JOSEException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
