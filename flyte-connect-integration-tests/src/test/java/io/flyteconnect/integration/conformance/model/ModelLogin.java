package io.flyteconnect.integration.conformance.model;

import java.util.Map;
import java.util.Set;

import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.wire.ScriptedFlyte;
import io.flyteconnect.integration.conformance.wire.WireRule;
import io.flyteconnect.integration.conformance.wire.WireSettings;

/**
 * The token of a model: when it is fetched, and when it is dropped.
 */
final class ModelLogin {

	private static final String NONE = "no token";

	private static final Set<Code> ACCEPTING = Set.of(Code.OK, Code.NOT_FOUND, Code.ALREADY_EXISTS,
			Code.INVALID_ARGUMENT, Code.FAILED_PRECONDITION);

	private final ModelWorld world;

	private final ModelProxy proxy;

	private final ModelGrants grants;

	private boolean discovered;

	private boolean published;

	/** {@code null} where one is to be fetched, {@link #NONE} where none is needed. */
	private @Nullable String token;

	private boolean wanted;

	private boolean renewed;

	private boolean accepted;

	private int refusals;

	private @Nullable ModelFailure failure;

	ModelLogin(ModelWorld world, ModelProxy proxy) {
		this.world = world;
		this.proxy = proxy;
		this.grants = new ModelGrants(world, new ModelRequests(world, proxy));
	}

	/** Get ready for a call. */
	void prepare() {
		if (this.world.isMode("NONE")) {
			return;
		}
		check();
		if (this.world.is(WireRule.FIRST_CALL)) {
			obtain();
		}
		else if (!this.world.isMode("PKCE")) {
			discover();
		}
	}

	// What flytekit's authenticators check when they are made.
	private void check() {
		WireSettings settings = this.world.settings();
		if (settings.mode() == null || this.world.isMode("CLIENT_CREDENTIALS")
				&& (isEmpty(settings.clientId()) || isEmpty(settings.secret()))) {
			throw ModelFailure.permanent("CREDENTIALS");
		}
		if (this.world.isMode("EXTERNAL_COMMAND") && settings.command().isEmpty()) {
			discover();
			throw ModelFailure.permanent("CREDENTIALS");
		}
	}

	private static boolean isEmpty(@Nullable String text) {
		return text == null || text.isEmpty();
	}

	private void obtain() {
		if (this.token != null) {
			return;
		}
		if (this.failure != null && this.failure.isPermanent()) {
			throw this.failure;
		}
		try {
			this.token = (this.world.isPersonNeeded() && !this.wanted) ? NONE : fetch();
		}
		catch (ModelFailure ex) {
			this.failure = ex;
			throw ex;
		}
	}

	private String fetch() {
		discover();
		if (!this.published && !(this.world.isMode("EXTERNAL_COMMAND") && this.wanted)) {
			return NONE;
		}
		String fetched = this.grants.fetch(this.renewed);
		this.renewed = true;
		this.accepted = false;
		return fetched;
	}

	/**
	 * Take note of how a call ended.
	 * @param code how
	 * @return whether it is to be made once more
	 */
	boolean isRepeated(Code code) {
		ended(code);
		if (this.world.isMode("NONE")
				|| code != Code.UNAUTHENTICATED && (code != Code.UNKNOWN || this.world.is(WireRule.RETRIES))) {
			return false;
		}
		if (this.world.is(WireRule.RETRIES) && this.refusals >= (this.accepted ? 3 : 1)) {
			return false;
		}
		this.refusals++;
		renew();
		return true;
	}

	void ended(Code code) {
		this.accepted |= ACCEPTING.contains(code);
	}

	private void renew() {
		if (!this.world.is(WireRule.FIRST_CALL)) {
			this.token = fetch();
			return;
		}
		this.proxy.refused();
		this.wanted = true;
		this.discovered &= !NONE.equals(this.token);
		this.token = null;
		obtain();
	}

	private void discover() {
		if (this.discovered) {
			return;
		}
		Code client = ask("GetPublicClientConfig");
		if (client != Code.OK && !this.world.is(WireRule.METADATA_TOGETHER)) {
			end(client);
			return;
		}
		Code metadata = ask("GetOAuth2Metadata");
		end((client == Code.OK) ? metadata : client);
	}

	private void end(Code code) {
		boolean absent = code == Code.UNIMPLEMENTED && this.world.is(WireRule.FIRST_CALL);
		if (code != Code.OK && !absent) {
			throw ModelFailure.discovery(code);
		}
		this.discovered = true;
		this.published = code == Code.OK;
	}

	private Code ask(String method) {
		int attempts = this.world.is(WireRule.RETRIES) ? WireModel.ATTEMPTS : 1;
		Code code = Code.UNAVAILABLE;
		for (int attempt = 1; attempt <= attempts && code == Code.UNAVAILABLE; attempt++) {
			code = this.proxy.call(ScriptedFlyte.AUTH_SERVICE + method, Map.of());
		}
		return code;
	}

	/** What goes on a call. */
	Map<String, String> metadata() {
		if (this.token == null || NONE.equals(this.token)) {
			return Map.of();
		}
		String key = (this.discovered && !this.published) ? this.world.ownHeader() : this.world.header();
		if (key.isEmpty() && this.world.isMode("PKCE") && !this.world.is(WireRule.HEADER_KEY)) {
			return Map.of(key, "Bearer " + this.token);
		}
		return Map.of(key.isEmpty() ? "authorization" : key, "Bearer " + this.token);
	}

}
