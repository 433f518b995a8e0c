package io.flyteconnect.internal.token;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

import io.flyteconnect.internal.client.Registrations;
import io.flyteconnect.internal.listener.TokenListener;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.testsupport.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Tag("fault")
public class TokenManagerTests {

	private final MovableClock clock = new MovableClock();

	private final ScriptedGrant grant = new ScriptedGrant();

	private final ExecutorService loginThread = Executors.newSingleThreadExecutor();

	private final TokenManager supply = new TokenManager("Login of test", this.grant, this.loginThread, this.clock);

	private final ThreadPoolExecutor twoThreads = (ThreadPoolExecutor) Executors.newFixedThreadPool(2);

	private final TokenManager repeating = new TokenManager("Login of test", this.grant, this.twoThreads, this.clock,
			true, TokenListener.NONE);

	@AfterEach
	void stop() {
		this.twoThreads.shutdownNow();
		this.loginThread.shutdownNow();
	}

	@Test
	void whenManyCallersAreColdThenOneFlightServesThemAll() throws Exception {
		this.grant.gate = new CountDownLatch(1);
		ExecutorService callers = Executors.newFixedThreadPool(50);
		try {
			CountDownLatch started = new CountDownLatch(50);
			List<Future<AccessToken>> answers = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				answers.add(callers.submit(() -> {
					started.countDown();
					started.await();
					return this.supply.obtain().get(60, TimeUnit.SECONDS);
				}));
			}
			started.await();
			this.grant.gate.countDown();
			for (Future<AccessToken> answer : answers) {
				assertThat(answer.get()).isSameAs(this.supply.current());
			}
		}
		finally {
			callers.shutdownNow();
		}
		assertThat(this.grant.count).hasValue(1);
	}

	@Test
	void whenATokenIsThereThenItIsGivenWithoutAFlight() throws Exception {
		AccessToken token = obtain();
		for (int i = 0; i < 100; i++) {
			assertThat(this.supply.current()).isSameAs(token);
			assertThat(this.supply.obtain()).isCompletedWithValue(token);
		}
		assertThat(this.grant.count).hasValue(1);
	}

	@Test
	void whenATokenIsToBeRenewedThenTheOldOneIsGivenMeanwhile() throws Exception {
		AccessToken old = obtain();
		this.grant.gate = new CountDownLatch(1);
		this.clock.move(Duration.ofSeconds(85));
		for (int i = 0; i < 10; i++) {
			assertThat(this.supply.current()).isSameAs(old);
		}
		this.grant.gate.countDown();
		idle();
		assertThat(this.supply.current()).isNotNull().isNotSameAs(old);
		assertThat(this.grant.count).hasValue(2);
	}

	@Test
	void whenTheRenewalFailsThenTheOldTokenIsGivenUntilItsEnd() throws Exception {
		AccessToken old = obtain();
		this.grant.failure = LoginException.tokenRequest("down", null);
		this.clock.move(Duration.ofSeconds(85));
		assertThat(this.supply.current()).isSameAs(old);
		idle();
		this.clock.move(Duration.ofSeconds(14));
		assertThat(this.supply.current()).isSameAs(old);
		idle();
		this.grant.failure = null;
		this.clock.move(Duration.ofSeconds(2));
		assertThat(this.supply.current()).isNull();
		assertThat(obtain()).isNotSameAs(old);
	}

	@Test
	void whenAFlightFailsThenItsFailureIsHeldAndTheNextSuccessEndsIt() throws Exception {
		LoginException failure = LoginException.tokenRequest("down", null);
		this.grant.failure = failure;
		assertFailsWith(failure);
		for (int i = 0; i < 20; i++) {
			assertFailsWith(failure);
		}
		assertThat(this.grant.count).hasValue(1);
		this.grant.failure = null;
		this.clock.move(Duration.ofSeconds(1));
		assertThat(obtain()).isNotNull();
		assertThat(this.grant.count).hasValue(2);
	}

	@Test
	void whenARenewalIsNeverAnsweredThenASecondOneIsMadeBeforeTheOldTokenEnds() throws Exception {
		AccessToken old = nearItsEnd();
		this.grant.hang(1);
		assertThat(this.repeating.current()).isSameAs(old);
		AccessToken renewed = this.repeating.obtain().get(60, TimeUnit.SECONDS);
		assertThat(renewed.value()).isEqualTo("token-3");
		this.grant.stopHanging();
		settle();
		assertThat(this.repeating.current()).as("not the late one of the first request").isSameAs(renewed);
		assertThat(this.grant.count).hasValue(3);
	}

	@Test
	void whenOneOfTwoRenewalsFailsThenTheOtherOneCounts() throws Exception {
		nearItsEnd();
		this.grant.hang(1);
		this.grant.failure = LoginException.tokenRequest("down", null);
		this.repeating.current();
		CompletableFuture<AccessToken> waiting = this.repeating.obtain();
		await().until(() -> this.grant.count.get() == 3);
		settle();
		assertThat(waiting).isNotDone();
		this.grant.failure = null;
		this.grant.stopHanging();
		assertThat(waiting.get(60, TimeUnit.SECONDS).value()).isEqualTo("token-2");
	}

	@Test
	void whenBothRenewalsFailThenThatIsOneFailure() throws Exception {
		nearItsEnd();
		this.grant.hang(2);
		this.grant.failure = LoginException.tokenRequest("down", null);
		this.repeating.current();
		CompletableFuture<AccessToken> waiting = this.repeating.obtain();
		await().until(() -> this.grant.count.get() == 3);
		this.grant.stopHanging();
		assertThat(waiting).failsWithin(Duration.ofSeconds(10));
		this.clock.move(Duration.ofMillis(40));
		this.repeating.current();
		settle();
		assertThat(this.grant.count).as("held off").hasValue(3);
	}

	@Test
	void whenARenewalIsAnsweredInTimeThenThereIsNoSecondOne() throws Exception {
		AccessToken old = this.repeating.obtain().get(60, TimeUnit.SECONDS);
		// A second one would be made after a second.
		this.clock.move(Duration.ofSeconds(98));
		this.repeating.current();
		await().until(() -> this.repeating.current() != old);
		Thread.sleep(1200);
		assertThat(this.grant.count).hasValue(2);
	}

	@Test
	void whenThereIsNoOldTokenThenASlowLoginIsNotRepeated() throws Exception {
		this.grant.hang(1);
		CompletableFuture<AccessToken> waiting = this.repeating.obtain();
		Thread.sleep(700);
		this.grant.stopHanging();
		assertThat(waiting.get(60, TimeUnit.SECONDS)).isNotNull();
		assertThat(this.grant.count).hasValue(1);
	}

	@Test
	void whenTheGrantCanBeUsedOnceOnlyThenARenewalIsNotRepeated() throws Exception {
		obtain();
		this.clock.move(Duration.ofMillis(99_900));
		this.grant.hang(1);
		this.supply.current();
		Thread.sleep(700);
		this.grant.stopHanging();
		idle();
		assertThat(this.grant.count).hasValue(2);
	}

	private AccessToken nearItsEnd() throws Exception {
		AccessToken token = this.repeating.obtain().get(60, TimeUnit.SECONDS);
		this.clock.move(Duration.ofMillis(99_900));
		return token;
	}

	private void settle() {
		await().until(() -> this.twoThreads.getActiveCount() <= this.grant.hanging.get());
	}

	@Test
	void whenFailuresArePermanentThenTheHoldOffGrows() {
		LoginException failure = LoginException.credentials("no secret", null);
		this.grant.failure = failure;
		assertFailsWith(failure);
		this.clock.move(Duration.ofSeconds(1));
		assertFailsWith(failure);
		assertThat(this.grant.count).hasValue(2);
		this.clock.move(Duration.ofMillis(999));
		assertFailsWith(failure);
		assertThat(this.grant.count).hasValue(2);
		this.clock.move(Duration.ofMillis(1001));
		assertFailsWith(failure);
		assertThat(this.grant.count).hasValue(3);
	}

	@Test
	void whenTheServerAsksToComeBackLaterThenItIsLeftAloneThatLong() {
		LoginException failure = LoginException.answered("HTTP 429", false, 429, Duration.ofSeconds(20),
				new OAuth2AuthorizationException(new OAuth2Error("temporarily_unavailable")));
		this.grant.failure = failure;
		assertFailsWith(failure);
		this.clock.move(Duration.ofMillis(19_999));
		assertFailsWith(failure);
		assertThat(this.grant.count).hasValue(1);
		this.clock.move(Duration.ofMillis(1));
		assertFailsWith(failure);
		assertThat(this.grant.count).hasValue(2);
	}

	@Test
	void whenTheClockIsSetBackThenAFailureIsNotHeldForThatLong() {
		LoginException failure = LoginException.tokenRequest("down", null);
		this.grant.failure = failure;
		assertFailsWith(failure);
		this.clock.move(Duration.ofHours(-1));
		assertFailsWith(failure);
		assertThat(this.grant.count).hasValue(2);
	}

	@Test
	void whenTheClockIsSetBackThenARefusedTokenIsReplacedAllTheSame() throws Exception {
		assertThat(this.supply.rejected(obtain())).isTrue();
		assertThat(this.supply.rejected(obtain())).as("too soon").isFalse();
		this.clock.move(Duration.ofHours(-1));
		assertThat(this.supply.rejected(obtain())).isTrue();
	}

	@Test
	void whenATokenIsRefusedThenExactlyThatOneIsDropped() throws Exception {
		AccessToken first = obtain();
		this.supply.accepted(first);
		assertThat(this.supply.rejected(first)).isTrue();
		assertThat(this.supply.current()).isNull();
		AccessToken second = obtain();
		this.supply.accepted(second);
		assertThat(this.supply.rejected(first)).as("a late refusal of the old token").isTrue();
		assertThat(this.supply.current()).isSameAs(second);
		assertThat(this.grant.count).hasValue(2);
		assertThat(this.grant.refusals).hasValue(1);
	}

	@Test
	void whenFreshTokensAreRefusedTooThenThereIsNoLoop() throws Exception {
		for (int call = 0; call < 100; call++) {
			AccessToken token = this.supply.current();
			token = (token != null) ? token : obtain();
			if (this.supply.rejected(token)) {
				this.supply.rejected(obtain());
			}
		}
		assertThat(this.grant.count).hasValue(2);
		this.clock.move(Duration.ofSeconds(2));
		assertThat(this.supply.rejected(obtain())).as("after the hold-off").isTrue();
	}

	@Test
	void whenATokenIsAcceptedForOneMethodAndRefusedForAnotherThenThereIsNoLoop() throws Exception {
		for (int call = 0; call < 100; call++) {
			AccessToken token = this.supply.current();
			token = (token != null) ? token : obtain();
			this.supply.accepted(token);
			this.supply.rejected(token);
		}
		assertThat(this.grant.count.get()).isLessThanOrEqualTo(4);
		this.clock.move(Duration.ofSeconds(5));
		assertThat(this.supply.rejected(obtain())).as("after the pause").isTrue();
	}

	@Test
	void whenNoThreadCanBeStartedThenTheCallFailsAndTheNextOneTriesAgain() {
		AtomicInteger starts = new AtomicInteger();
		TokenManager starved = new TokenManager("Login of test", this.grant, (task) -> {
			if (starts.incrementAndGet() == 1) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			task.run();
		}, this.clock);
		assertThat(starved.obtain()).isCompletedExceptionally();
		assertThat(starved.obtain()).isCompleted();
	}

	@Test
	void whenTheSupplyIsClosedThenNobodyWaitsAnyLonger() {
		TokenManager stuck = new TokenManager("Login of test", this.grant, (task) -> {
		}, this.clock);
		CompletableFuture<AccessToken> waiting = stuck.obtain();
		assertThat(waiting).isNotDone();
		stuck.close();
		assertThat(waiting).isCompletedExceptionally();
	}

	@Test
	void whenTheExecutorIsClosedThenTheCallFails() {
		this.loginThread.shutdown();
		assertThat(this.supply.obtain()).isCompletedExceptionally();
	}

	@Test
	void whenTheGrantThrowsSomethingElseThenItIsALoginFailureWithoutItsText() {
		this.grant.unexpected = new IllegalStateException("secret inside");
		assertThatExceptionOfType(Exception.class).isThrownBy(this::obtain)
			.havingCause()
			.isInstanceOf(LoginException.class)
			.withMessage("unexpected java.lang.IllegalStateException");
	}

	private AccessToken obtain() throws Exception {
		return this.supply.obtain().get(60, TimeUnit.SECONDS);
	}

	private void assertFailsWith(LoginException failure) {
		assertThatExceptionOfType(Exception.class).isThrownBy(this::obtain).havingCause().isSameAs(failure);
	}

	@Test
	void whenAChangeIsPossibleThenTheLoginThreadLooksForItAndNoCallerWaits() throws Exception {
		LoginException failure = LoginException.tokenRequest("refused", null);
		this.grant.failure = failure;
		assertThatExceptionOfType(Exception.class).isThrownBy(this::obtain).havingCause().isSameAs(failure);
		CountDownLatch disk = new CountDownLatch(1);
		Set<String> lookers = ConcurrentHashMap.newKeySet();
		this.grant.change = () -> {
			lookers.add(Thread.currentThread().getName());
			try {
				disk.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return this.grant.failure == null;
		};
		CompletableFuture<AccessToken> first = this.supply.obtain();
		CompletableFuture<AccessToken> second = this.supply.obtain();
		assertThat(first).isNotDone().isSameAs(second);
		disk.countDown();
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> first.get(60, TimeUnit.SECONDS))
			.havingCause()
			.isSameAs(failure);
		assertThat(this.grant.count).hasValue(1);
		assertThat(lookers).hasSize(1).doesNotContain(Thread.currentThread().getName());
		this.grant.failure = null;
		assertThat(obtain()).isNotNull();
		assertThat(this.grant.count).hasValue(2);
	}

	private void idle() throws Exception {
		CompletableFuture.runAsync(() -> {
		}, this.loginThread).get(60, TimeUnit.SECONDS);
	}

	private final class ScriptedGrant implements TokenGrant {

		private final AtomicInteger count = new AtomicInteger();

		private final AtomicInteger refusals = new AtomicInteger();

		private final AtomicInteger toHang = new AtomicInteger();

		private final AtomicInteger hanging = new AtomicInteger();

		private final CountDownLatch answer = new CountDownLatch(1);

		private volatile CountDownLatch gate = new CountDownLatch(0);

		private volatile @Nullable LoginException failure;

		private volatile @Nullable BooleanSupplier change;

		private volatile @Nullable RuntimeException unexpected;

		@Override
		public AccessToken obtain() {
			int number = this.count.incrementAndGet();
			try {
				if (this.toHang.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
					this.hanging.incrementAndGet();
					this.answer.await();
					this.hanging.decrementAndGet();
				}
				this.gate.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			if (this.unexpected != null) {
				throw this.unexpected;
			}
			if (this.failure != null) {
				throw this.failure;
			}
			Instant now = TokenManagerTests.this.clock.instant();
			return AccessToken.of(
					new OAuth2AuthorizedClient(Registrations.clientCredentials(), "flyte",
							new OAuth2AccessToken(TokenType.BEARER, "token-" + number, now, now.plusSeconds(100))),
					"authorization", now, Duration.ZERO, 0);
		}

		void hang(int requests) {
			this.toHang.set(requests);
		}

		void stopHanging() {
			this.answer.countDown();
		}

		@Override
		public boolean isChangePossible() {
			return this.change != null;
		}

		@Override
		public boolean isChanged() {
			return this.change.getAsBoolean();
		}

		@Override
		public void rejected(AccessToken token) {
			this.refusals.incrementAndGet();
		}

	}

}
