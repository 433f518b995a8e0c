package io.flyteconnect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.grpc.MethodDescriptor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.FlyteConnectionListener.ResendReason;
import io.flyteconnect.FlyteConnectionListener.TokenRequest;
import io.flyteconnect.internal.listener.ApplicationEvents;
import io.flyteconnect.internal.listener.CallListener;
import io.flyteconnect.internal.listener.LoginListeners;
import io.flyteconnect.internal.listener.LoginListeners.SecretRead;
import io.flyteconnect.internal.listener.TokenListener;
import io.flyteconnect.login.LoginException;

/**
 * Tells the listeners of one connection what happens on it. What they throw reaches no
 * call and no login.
 */
final class ConnectionListeners {

	private static final Log logger = LogFactory.getLog(ConnectionListeners.class);

	private final List<FlyteConnectionListener> ofApplication;

	private final List<FlyteConnectionListener> all;

	private final @Nullable ApplicationEvents events;

	// Known once it is made, and before its first call.
	private volatile @Nullable FlyteConnection connection;

	/**
	 * Create the listeners of a connection.
	 * @param name the name of the connection
	 * @param ofApplication the application's listeners
	 * @param events where the application takes events, {@code null} if it does not
	 * @param clock tells the time of an event
	 */
	ConnectionListeners(String name, List<FlyteConnectionListener> ofApplication, @Nullable Consumer<Object> events,
			Clock clock) {
		this.ofApplication = ofApplication;
		List<FlyteConnectionListener> all = new ArrayList<>(ofApplication);
		this.events = (events != null) ? new ApplicationEvents(name, events) : null;
		if (this.events != null) {
			all.add(new LoginEvents(this.events, clock));
		}
		this.all = List.copyOf(all);
	}

	/**
	 * Publish an event to the application.
	 */
	void publish(Object event) {
		if (this.events != null) {
			this.events.accept(event);
		}
	}

	/**
	 * Return what the parts of the connection tell what happens, at no cost where nobody
	 * listens.
	 */
	LoginListeners forLogin() {
		if (this.all.isEmpty()) {
			return LoginListeners.NONE;
		}
		return new LoginListeners(new Tokens(false), new Tokens(true),
				this.ofApplication.isEmpty() ? CallListener.NONE : new Calls(), this::secretRead,
				() -> tell(FlyteConnectionListener::personNeeded));
	}

	private void secretRead(String source, SecretRead end) {
		FlyteConnectionListener.SecretRead told = FlyteConnectionListener.SecretRead.valueOf(end.name());
		tell((listener, of) -> listener.clientSecretRead(of, source, told));
	}

	void opened(FlyteConnection opened) {
		this.connection = opened;
		tell(FlyteConnectionListener::opened);
	}

	void closed() {
		tell(FlyteConnectionListener::closed);
	}

	private void tell(Told told) {
		FlyteConnection connection = this.connection;
		if (connection != null) {
			this.all.forEach((listener) -> guard(() -> told.tell(listener, connection)));
		}
	}

	private static void guard(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.warn("A FlyteConnectionListener failed, which changes nothing for the connection", ex);
		}
	}

	private @Nullable Object context() {
		@Nullable Object @Nullable [] contexts = null;
		for (int i = 0; i < this.ofApplication.size(); i++) {
			Object context = context(this.ofApplication.get(i));
			if (context != null) {
				contexts = (contexts != null) ? contexts : new Object[this.ofApplication.size()];
				contexts[i] = context;
			}
		}
		return contexts;
	}

	private static @Nullable Object context(FlyteConnectionListener listener) {
		try {
			return listener.currentContext();
		}
		catch (RuntimeException ex) {
			logger.debug("A FlyteConnectionListener has no context", ex);
			return null;
		}
	}

	private interface Told {

		void tell(FlyteConnectionListener listener, FlyteConnection connection);

	}

	private final class Calls implements CallListener {

		@Override
		public @Nullable Object started() {
			tell(FlyteConnectionListener::callStarted);
			return context();
		}

		@Override
		public void resent(MethodDescriptor<?, ?> method, Resend reason) {
			tell((listener, of) -> listener.callResent(of, method, ResendReason.valueOf(reason.name())));
		}

	}

	private final class Tokens implements TokenListener {

		private final boolean proxy;

		Tokens(boolean proxy) {
			this.proxy = proxy;
		}

		@Override
		public @Nullable Object context() {
			return ConnectionListeners.this.context();
		}

		@Override
		public Request requested(boolean renewal, @Nullable Object context) {
			List<TokenRequest> requests = new ArrayList<>();
			Object[] contexts = (context instanceof Object[] several) ? several : new Object[0];
			List<FlyteConnectionListener> all = ConnectionListeners.this.all;
			tell((listener, of) -> {
				int index = all.indexOf(listener);
				requests.add(listener.tokenRequested(of, this.proxy, renewal,
						(index < contexts.length) ? contexts[index] : null));
			});
			return new Requests(requests);
		}

		@Override
		public void rejected() {
			tell((listener, of) -> listener.tokenRejected(of, this.proxy));
		}

		@Override
		public void awaited(Duration time, WaitEnd end) {
			FlyteConnectionListener.WaitEnd told = FlyteConnectionListener.WaitEnd.valueOf(end.name());
			tell((listener, of) -> listener.tokenAwaited(of, this.proxy, time, told));
		}

	}

	/**
	 * The end of a request, which its listeners are told in the other order.
	 */
	private record Requests(List<TokenRequest> requests) implements TokenListener.Request {

		@Override
		public void succeeded(@Nullable Instant endsAt) {
			tell((request) -> request.succeeded(endsAt));
		}

		@Override
		public void unneeded() {
			tell(TokenRequest::unneeded);
		}

		@Override
		public void failed(LoginException failure) {
			tell((request) -> request.failed(failure));
		}

		private void tell(Consumer<TokenRequest> end) {
			for (int i = this.requests.size() - 1; i >= 0; i--) {
				TokenRequest request = this.requests.get(i);
				guard(() -> end.accept(request));
			}
		}

	}

}
