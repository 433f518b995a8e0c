package io.flyteconnect.internal.client;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.TokenStore;
import io.flyteconnect.internal.store.AuthorizedClientStore;
import io.flyteconnect.internal.store.StoreCustomizations;
import io.flyteconnect.internal.token.AccessToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two processes with one file.
 */
class StoredClientsTests {

	private static final ClientRegistration REGISTRATION = ClientRegistration.withRegistrationId("flyte")
		.clientId("id")
		.authorizationGrantType(new AuthorizationGrantType("test"))
		.build();

	@TempDir
	Path folder;

	private AuthorizedClientStore other;

	private StoredClients clients;

	@BeforeEach
	void create() {
		this.other = store(TokenStore.FILE);
		this.clients = new StoredClients(store(TokenStore.FILE), Clock.systemUTC());
	}

	@Test
	void whenLoginIsFoundAtTheStartThenItIsNewerUntilItIsUsed() {
		assertThat(this.clients.isLoggedIn()).isFalse();
		assertThat(this.clients.findNewer(REGISTRATION)).isNull();
		save("access-1", null, 60);
		assertThat(this.clients.isLoggedIn()).isTrue();
		OAuth2AuthorizedClient newer = this.clients.findNewer(REGISTRATION);
		assertThat(newer.getAccessToken().getTokenValue()).isEqualTo("access-1");
		use(newer);
		assertThat(this.clients.findNewer(REGISTRATION)).isNull();
	}

	@Test
	void whenStoredTokenIsOverThenItIsNotNewerButItsRefreshTokenIsThere() {
		save("access-1", "refresh-1", -1);
		assertThat(this.clients.findNewer(REGISTRATION)).isNull();
		assertThat(this.clients.load(REGISTRATION).getRefreshToken().getTokenValue()).isEqualTo("refresh-1");
	}

	@Test
	void whenTokenIsRefusedThenExactlyThatOneIsDropped() {
		save("access-1", null, 60);
		this.clients.rejected(token("access-1"));
		assertThat(this.clients.findNewer(REGISTRATION)).isNull();
		save("access-2", null, 60);
		this.clients.<Boolean>exclusively(REGISTRATION, () -> true);
		assertThat(this.clients.findNewer(REGISTRATION).getAccessToken().getTokenValue()).isEqualTo("access-2");
		this.clients.rejected(token("access-2"));
		this.clients.<Boolean>exclusively(REGISTRATION, () -> true);
		assertThat(this.other.hasSharedLogin()).isFalse();
	}

	@Test
	void whenTokenIsRefusedThenItsRefreshTokenStays() {
		save("access-1", "refresh-1", 60);
		this.clients.rejected(token("access-1"));
		this.clients.<Boolean>exclusively(REGISTRATION, () -> true);
		StoredClients next = new StoredClients(store(TokenStore.FILE), Clock.systemUTC());
		assertThat(next.findNewer(REGISTRATION)).isNull();
		assertThat(next.load(REGISTRATION).getRefreshToken().getTokenValue()).isEqualTo("refresh-1");
	}

	@Test
	void whenAnotherProcessIsAboutToWriteThenItsLoginIsWaitedFor() {
		save("access-1", "refresh-1", -1);
		AtomicInteger looks = new AtomicInteger();
		// It writes right after the first look, which finds a token that is over.
		InstantSource source = () -> {
			if (looks.incrementAndGet() == 1) {
				save("access-2", "refresh-2", 60);
			}
			return Instant.now();
		};
		StoredClients waiting = new StoredClients(store(TokenStore.FILE), source.withZone(ZoneOffset.UTC));
		assertThat(waiting.renewedElsewhere(REGISTRATION).getAccessToken().getTokenValue()).isEqualTo("access-2");
		assertThat(looks).hasValue(2);
	}

	@Test
	void whenNobodyElseLoggedInThenWaitingEnds() {
		save("access-1", "refresh-1", 60);
		use(this.clients.load(REGISTRATION));
		assertThat(this.clients.renewedElsewhere(REGISTRATION)).isNull();
	}

	@Test
	void whenStoreIsInMemoryThenNothingIsNewer() {
		AuthorizedClientStore memory = store(TokenStore.MEMORY);
		StoredClients own = new StoredClients(memory, Clock.systemUTC());
		memory.save(client("access-1", null, 60));
		assertThat(own.findNewer(REGISTRATION)).isNull();
		assertThat(own.isLoggedIn()).isFalse();
		assertThat(own.renewedElsewhere(REGISTRATION)).isNull();
		assertThat(own.load(REGISTRATION)).isNotNull();
	}

	private AuthorizedClientStore store(TokenStore kind) {
		PlatformConfig config = PlatformConfig.builder()
			.endpoint("flyte.example.com:443")
			.clientCredentials("id", "s3cret")
			.apply((properties) -> {
				properties.property("flyte.credentials.store", kind);
				properties.property("flyte.credentials.store-file", this.folder.resolve("logins").toString());
			})
			.build();
		return AuthorizedClientStores.create(config, "flyte", StoreCustomizations.NONE, Clock.systemUTC());
	}

	private void save(String access, String refresh, int seconds) {
		this.other.save(client(access, refresh, seconds));
	}

	private static OAuth2AuthorizedClient client(String access, String refresh, int seconds) {
		Instant end = Instant.now().plusSeconds(seconds);
		return new OAuth2AuthorizedClient(REGISTRATION, "flyte",
				new OAuth2AccessToken(TokenType.BEARER, access, end.minusSeconds(60), end),
				(refresh != null) ? new OAuth2RefreshToken(refresh, end.minusSeconds(60)) : null);
	}

	private void use(OAuth2AuthorizedClient client) {
		this.clients.used(AccessToken.of(client, "authorization", Instant.now(), Duration.ZERO, 0));
	}

	private static AccessToken token(String value) {
		return AccessToken.of(value, null, "authorization", Instant.now(), Duration.ofMinutes(1), Duration.ZERO, 0);
	}

}
