package io.flyteconnect.test.admin;

import java.util.Locale;
import java.util.regex.Pattern;

import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;

/**
 * What Flyte Admin asks of a request before it looks at its model
 * ({@code flyteadmin/pkg/manager/impl/validation}).
 */
final class Checks {

	private static final Pattern EXECUTION_NAME = Pattern.compile("^[a-z][a-z\\-0-9]*$");

	private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

	private static final int MAX_EXECUTION_NAME_LENGTH = 63;

	private Checks() {
	}

	static void notEmpty(String value, String field) {
		if (value.isEmpty()) {
			throw AdminErrors.missing(field);
		}
	}

	static void projectAndDomain(String project, String domain) {
		notEmpty(project, "project");
		notEmpty(domain, "domain");
	}

	static void limit(int limit) {
		if (limit == 0) {
			throw AdminErrors.invalidValue("limit");
		}
	}

	static void identifier(boolean present, Identifier id) {
		if (!present) {
			throw AdminErrors.missing("id");
		}
		projectAndDomain(id.getProject(), id.getDomain());
		notEmpty(id.getName(), "name");
		notEmpty(id.getVersion(), "version");
	}

	static void identifier(boolean present, Identifier id, ResourceType type) {
		if (present && id.getResourceType() != type) {
			throw AdminErrors.invalid("unexpected resource type " + id.getResourceType().name().toLowerCase(Locale.ROOT)
					+ " for identifier [" + id.getName() + "], expected " + type.name().toLowerCase(Locale.ROOT)
					+ " instead");
		}
		identifier(present, id);
	}

	static void execution(boolean present, WorkflowExecutionIdentifier id) {
		if (!present) {
			throw AdminErrors.missing("id");
		}
		projectAndDomain(id.getProject(), id.getDomain());
		notEmpty(id.getName(), "name");
	}

	static void executionName(String name) {
		if (name.length() > MAX_EXECUTION_NAME_LENGTH) {
			throw AdminErrors.invalid("size of name exceeded length " + MAX_EXECUTION_NAME_LENGTH + " : " + name);
		}
		if (!EXECUTION_NAME.matcher(name).matches()) {
			throw AdminErrors
				.invalid("invalid name format: " + name + ", does not match regex '" + EXECUTION_NAME.pattern() + "'");
		}
	}

	static void projectId(String id) {
		notEmpty(id, "project_id");
		if (!DNS_LABEL.matcher(id).matches()) {
			throw AdminErrors.invalid("invalid project id [" + id
					+ "]: a lowercase RFC 1123 label must consist of lower"
					+ " case alphanumeric characters or '-', and must start and end with an alphanumeric character");
		}
	}

}
