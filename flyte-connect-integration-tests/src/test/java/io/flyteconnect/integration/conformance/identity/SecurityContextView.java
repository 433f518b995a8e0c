package io.flyteconnect.integration.conformance.identity;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import flyteidl.core.Security;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.Identity;
import io.flyteconnect.identity.OAuth2Client;
import io.flyteconnect.identity.OAuth2TokenRequest;
import io.flyteconnect.identity.SecurityContext;
import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.secret.MountRequirement;
import io.flyteconnect.secret.Secret;

/**
 * Our answer to one entry of a case, in the form of flytekit's.
 */
final class SecurityContextView {

	private static final Pattern FIELD = Pattern.compile("^'(\\w+)'");

	private SecurityContextView() {
	}

	static Map<String, @Nullable Object> of(Map<String, Object> entry) {
		Map<String, @Nullable Object> answer = new LinkedHashMap<>();
		try {
			answer.put("ok", entry.containsKey("auth_role") ? authRole(map(entry.get("auth_role"))) : context(entry));
		}
		catch (IllegalArgumentException ex) {
			Matcher field = FIELD.matcher(String.valueOf(ex.getMessage()));
			answer.put("error", field.find() ? field.group(1) : "no field: " + ex.getMessage());
		}
		return answer;
	}

	private static Map<String, Object> authRole(Map<String, Object> description) {
		check("auth_role", description);
		AuthRole role = AuthRole.builder()
			.assumableIamRole(text(description, "assumable_iam_role"))
			.kubernetesServiceAccount(text(description, "kubernetes_service_account"))
			.build();
		return described(role.toIdl(), AuthRole.fromIdl(role.toIdl()).equals(role));
	}

	private static @Nullable Map<String, Object> context(Map<String, Object> description) {
		SecurityContext.Builder builder = SecurityContext.builder();
		if (description.get("run_as") != null) {
			builder.runAs(identity(map(description.get("run_as"))));
		}
		list(description.get("secrets")).forEach((secret) -> builder.secret(secret(secret)));
		list(description.get("tokens")).forEach((token) -> builder.token(token(token)));
		SecurityContext context = builder.build();
		return context.toIdl().map((idl) -> described(idl, again(idl).equals(context))).orElse(null);
	}

	private static SecurityContext again(Security.SecurityContext idl) {
		try {
			return SecurityContext.fromIdl(Security.SecurityContext.parseFrom(idl.toByteArray()));
		}
		catch (InvalidProtocolBufferException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Map<String, Object> described(Message idl, boolean roundTripEqual) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("idl", json(idl));
		result.put("round_trip_equal", roundTripEqual);
		result.put("wire_hex", HexFormat.of().formatHex(idl.toByteArray()));
		return result;
	}

	private static Map<String, Object> json(Message idl) {
		try {
			return map(ConformanceCase.JSON.readValue(JsonFormat.printer().preservingProtoFieldNames().print(idl),
					Map.class));
		}
		catch (InvalidProtocolBufferException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// No code can be written with a name that our models do not have.
	private static void check(String type, Map<String, Object> description) {
		SecurityContextRules.unknown(type, description).forEach((name) -> {
			throw new IllegalArgumentException("'" + SecurityContextRules.camel(name) + "' is not known");
		});
	}

	private static Identity identity(Map<String, Object> description) {
		check("run_as", description);
		Object client = description.get("oauth2_client");
		return Identity.builder()
			.iamRole(text(description, "iam_role"))
			.k8sServiceAccount(text(description, "k8s_service_account"))
			.oauth2Client((client != null) ? client(map(client)) : null)
			.executionIdentity(text(description, "execution_identity"))
			.build();
	}

	private static OAuth2Client client(Map<String, Object> description) {
		check("client", description);
		return OAuth2Client.builder()
			.clientId(text(description, "client_id"))
			.clientSecret(clientSecret(description.get("client_secret")))
			.build();
	}

	private static @Nullable Secret clientSecret(@Nullable Object description) {
		if (description == null) {
			return null;
		}
		// No code can be written that hands a text over.
		if (description instanceof String) {
			throw new IllegalArgumentException("'clientSecret' is no text");
		}
		Object idl = map(description).get("idl");
		return (idl != null) ? Secret.fromIdl((Security.Secret) message(map(idl), Security.Secret.newBuilder()))
				: secret(map(map(description).get("secret")));
	}

	static Message message(Map<String, Object> json, Message.Builder builder) {
		try {
			JsonFormat.parser().merge(ConformanceCase.JSON.writeValueAsString(json), builder);
			return builder.build();
		}
		catch (InvalidProtocolBufferException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Secret secret(Map<String, Object> description) {
		check("secret", description);
		Secret.Builder secret = Secret.builder()
			.group(text(description, "group"))
			.groupVersion(text(description, "group_version"))
			.key(text(description, "key"))
			.envVar(text(description, "env_var"));
		if (description.get("mount_requirement") != null) {
			secret.mountRequirement(MountRequirement.valueOf(text(description, "mount_requirement")));
		}
		return secret.build();
	}

	private static OAuth2TokenRequest token(Map<String, Object> description) {
		check("token", description);
		Object client = description.get("client");
		OAuth2TokenRequest.Builder request = OAuth2TokenRequest.builder();
		Object type = description.getOrDefault("type", description.get("type_"));
		if (type != null) {
			request.type(OAuth2TokenRequest.Type.valueOf(type.toString()));
		}
		return request.name(text(description, "name"))
			.client((client != null) ? client(map(client)) : null)
			.idpDiscoveryEndpoint(text(description, "idp_discovery_endpoint"))
			.tokenEndpoint(text(description, "token_endpoint"))
			.build();
	}

	/** One that is no list is a list of one, as in flytekit. */
	static List<Map<String, Object>> list(@Nullable Object value) {
		if (value == null) {
			return List.of();
		}
		return (value instanceof List<?> list) ? list.stream().map(SecurityContextView::map).toList()
				: List.of(map(value));
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> map(@Nullable Object value) {
		if (!(value instanceof Map)) {
			throw new IllegalStateException("No map: " + value);
		}
		return (Map<String, Object>) value;
	}

	private static @Nullable String text(Map<String, Object> description, String name) {
		return (String) description.get(name);
	}

}
