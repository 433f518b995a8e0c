package io.flyteconnect.internal.examination;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.Auth.OAuth2MetadataRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.Status;
import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.doctor.DiagnosedStep;
import io.flyteconnect.doctor.DiagnosedStep.Outcome;
import io.flyteconnect.doctor.DiagnosisStep;
import io.flyteconnect.doctor.FlyteDiagnosis;
import io.flyteconnect.internal.api.ApiMethods;
import io.flyteconnect.internal.call.authorization.CallAuthorization;
import io.flyteconnect.internal.channel.diagnosis.FailedSteps;
import io.flyteconnect.internal.proxy.ProxyRoute;
import io.flyteconnect.internal.text.DeadlineText;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.login.TokenState;

/**
 * Finds out how far a connection gets, by the calls that the connection itself makes: one
 * that asks how to log in and needs no token, and one like any other. So whatever the
 * application's settings and customizers do to the channel counts here, too, and the
 * words for what fails are those that the application gets.
 *
 * @param config the settings of the connection
 * @param channel its channel
 * @param route the forward proxy on the way, or {@code null}
 * @param clock tells the time
 */
public record Examination(PlatformConfig config, Channel channel, @Nullable ProxyRoute route, Clock clock) {

	/** Where one of these fails, another call does not get any further. */
	private static final Set<DiagnosisStep> BEFORE_HTTP = EnumSet.range(DiagnosisStep.DNS, DiagnosisStep.TLS);

	/** These say nothing of what Flyte publishes. */
	private static final Set<Code> UNANSWERED = EnumSet.of(Code.DEADLINE_EXCEEDED, Code.UNAVAILABLE);

	/**
	 * Make the calls. The second has the time that the first leaves, and is not made
	 * where the first shows that the network does not let it through.
	 * @param limit how long both may take together
	 * @param token tells the state of the token
	 * @param person whether a person may be asked to log in
	 * @return how far they got
	 */
	public FlyteDiagnosis examine(Duration limit, Supplier<TokenState> token, boolean person) {
		long start = System.nanoTime();
		ProbeCall metadata = ProbeCall.make(this.channel, ApiMethods.metadata(this.config.api().version()),
				OAuth2MetadataRequest.getDefaultInstance(), limit.dividedBy(2),
				CallOptions.DEFAULT.withOption(CallAuthorization.ANONYMOUS, true));
		DiagnosisStep first = metadata.status().isOk() ? null : FailedSteps.of(metadata.status());
		if (first != null && BEFORE_HTTP.contains(first)) {
			return diagnosis(first, metadata, metadata, token.get());
		}
		Duration left = limit.minusNanos(System.nanoTime() - start);
		ProbeCall version = question(left, CallOptions.DEFAULT.withOption(CallAuthorization.WITHOUT_PERSON, !person));
		TokenState last = token.get();
		return diagnosis(failed(metadata.status(), version.status(), last), metadata, version, last);
	}

	private ProbeCall question(Duration left, CallOptions options) {
		return (this.config.api().version() == FlyteApi.V2)
				? ProbeCall.make(this.channel, ApiMethods.projects(), ApiMethods.oneProject(), left, options)
				: ProbeCall.make(this.channel, AdminServiceGrpc.getGetVersionMethod(),
						GetVersionRequest.getDefaultInstance(), left, options);
	}

	private FlyteDiagnosis diagnosis(@Nullable DiagnosisStep failed, ProbeCall metadata, ProbeCall end,
			TokenState token) {
		Map<DiagnosisStep, String> facts = facts(metadata, token);
		boolean reached = FailedSteps.isAnythingReached(end.status());
		List<DiagnosedStep> steps = new ArrayList<>();
		for (DiagnosisStep step : DiagnosisStep.values()) {
			int distance = (failed != null) ? step.compareTo(failed) : -1;
			if (distance == 0) {
				steps.add(new DiagnosedStep(step, Outcome.FAILED, words(step, end)));
			}
			else if (isAbsent(step)) {
				steps.add(new DiagnosedStep(step, Outcome.NOT_THERE, ""));
			}
			else if (distance < 0 && reached) {
				steps.add(new DiagnosedStep(step, Outcome.OK, facts.getOrDefault(step, "")));
			}
			else {
				steps.add(new DiagnosedStep(step, Outcome.NOT_REACHED, ""));
			}
		}
		return new FlyteDiagnosis(this.config.name(), this.config.endpoint().toString(), steps);
	}

	private static @Nullable DiagnosisStep failed(Status metadata, Status version, TokenState token) {
		if (version.isOk()) {
			return null;
		}
		if (!metadata.isOk() && FailedSteps.of(metadata) == DiagnosisStep.HTTP_2) {
			return DiagnosisStep.HTTP_2;
		}
		DiagnosisStep ofVersion = FailedSteps.of(version);
		if (UNANSWERED.contains(metadata.getCode()) && ofVersion == DiagnosisStep.CALL) {
			return DiagnosisStep.METADATA;
		}
		boolean person = token.mode().asksPerson();
		boolean absent = person && token.presence() != TokenState.Presence.PRESENT;
		return (absent && version.getCode() == Code.UNAUTHENTICATED) ? DiagnosisStep.TOKEN : ofVersion;
	}

	private String words(DiagnosisStep step, ProbeCall end) {
		Status status = end.status();
		String description = (status.getCode() == Code.DEADLINE_EXCEEDED) ? inTime(status.getDescription())
				: status.getDescription();
		String words = status.getCode() + ((description != null) ? ": " + SafeText.message(description) : "");
		if (end.late()) {
			return ownLimit(words) + " (that was the time that it has here: " + end.limit().toMillis() / 1000.0
					+ " s; with more of it, it may get further)";
		}
		return (step == DiagnosisStep.TOKEN && status.getCause() == null)
				? words + " (no token is held, and nobody was asked to log in)" : words;
	}

	// The deadline of usual calls is another one.
	private String ownLimit(String words) {
		return words.replace(", " + this.config.origins().property("channel.deadline"), "");
	}

	private static @Nullable String inTime(@Nullable String description) {
		if (description == null) {
			return null;
		}
		String known = DeadlineText.withoutDetails(description);
		return known.isEmpty() ? "Flyte has not answered in time" : known;
	}

	private boolean isAbsent(DiagnosisStep step) {
		return switch (step) {
			case DNS -> this.config.endpoint().host() == null;
			case PROXY -> this.route == null;
			case TLS -> this.config.tls().insecure();
			case TOKEN -> this.config.credentials().authMode() == AuthMode.NONE;
			default -> false;
		};
	}

	private Map<DiagnosisStep, String> facts(ProbeCall metadata, TokenState token) {
		Map<DiagnosisStep, String> facts = new EnumMap<>(DiagnosisStep.class);
		Object address = metadata.attributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
		if (address != null) {
			facts.put(DiagnosisStep.TCP, "connected to " + address);
		}
		if (this.route != null) {
			facts.put(DiagnosisStep.PROXY, this.route.toString());
		}
		SSLSession session = metadata.attributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
		if (session != null) {
			facts.put(DiagnosisStep.TLS, tls(session));
		}
		if (!metadata.status().isOk()) {
			facts.put(DiagnosisStep.METADATA, "Flyte publishes none (" + metadata.status().getCode() + ")");
		}
		else if (token.issuer() != null) {
			facts.put(DiagnosisStep.METADATA, "issuer " + token.issuer());
		}
		facts.put(DiagnosisStep.TOKEN, switch (token.presence()) {
			case PRESENT -> (token.endsAt() != null) ? "good until " + token.endsAt() : "good until it is refused";
			case NOT_NEEDED -> "none is wanted";
			case ABSENT -> "";
		});
		return facts;
	}

	private String tls(SSLSession session) {
		try {
			Certificate[] chain = session.getPeerCertificates();
			if (chain.length > 0 && chain[0] instanceof X509Certificate server) {
				Instant end = server.getNotAfter().toInstant();
				return session.getProtocol() + ", subject " + SafeText.of(server.getSubjectX500Principal().getName())
						+ ", issuer " + SafeText.of(server.getIssuerX500Principal().getName()) + ", "
						+ Duration.between(this.clock.instant(), end).toDays() + " days left";
			}
		}
		catch (SSLPeerUnverifiedException ex) {
			// Nobody has shown one, which insecure-skip-verify allows.
		}
		return session.getProtocol();
	}

}
