package io.flyteconnect.test.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import com.google.protobuf.Message;
import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.Common.NamedEntityIdentifierList;
import flyteidl.admin.Common.NamedEntityIdentifierListRequest;
import flyteidl.admin.Common.ResourceListRequest;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Versioned entities of one kind: tasks, workflows or launch plans.
 *
 * @param <T> the entity
 */
class EntityStore<T extends Message> {

	private static final Columns<NamedEntityIdentifier> NAME_COLUMNS = new Columns<NamedEntityIdentifier>("entities")
		.text("project", NamedEntityIdentifier::getProject)
		.text("domain", NamedEntityIdentifier::getDomain)
		.text("name", NamedEntityIdentifier::getName);

	private final String kind;

	private final ResourceType type;

	private final Function<T, Identifier> identifier;

	private final Columns<T> columns;

	private final Map<Identifier, T> entities = new LinkedHashMap<>();

	private final Map<Identifier, Message> specs = new LinkedHashMap<>();

	EntityStore(String kind, ResourceType type, Function<T, Identifier> identifier) {
		this.kind = kind;
		this.type = type;
		this.identifier = identifier;
		this.columns = new Columns<T>(kind.replace(' ', '_')).text("project", (entity) -> id(entity).getProject())
			.text("domain", (entity) -> id(entity).getDomain())
			.text("name", (entity) -> id(entity).getName())
			.text("version", (entity) -> id(entity).getVersion());
	}

	Columns<T> columns() {
		return this.columns;
	}

	private Identifier id(T entity) {
		return this.identifier.apply(entity);
	}

	synchronized void create(T entity, Message spec) {
		Identifier id = id(entity);
		Message existing = this.specs.get(id);
		if (existing != null && existing.equals(spec)) {
			throw AdminErrors.alreadyExists(this.kind + " with identical structure already exists");
		}
		if (existing != null) {
			throw AdminErrors.invalid(id.getName() + " " + this.kind
					+ " with different structure already exists. (Please register a new version of the " + this.kind
					+ "):\n");
		}
		this.specs.put(id, spec);
		this.entities.put(id, entity);
	}

	synchronized @Nullable T find(Identifier id) {
		return this.entities.get(id);
	}

	T get(boolean present, Identifier id) {
		Checks.identifier(present, id, this.type);
		T entity = find(id);
		if (entity == null) {
			throw AdminErrors.notFound(this.type.name(), id);
		}
		return entity;
	}

	synchronized void update(Identifier id, UnaryOperator<T> change) {
		this.entities.computeIfPresent(id, (key, entity) -> change.apply(entity));
	}

	synchronized Collection<T> all() {
		return List.copyOf(this.entities.values());
	}

	Listing.Page<T> list(String method, ResourceListRequest request) {
		if (!request.hasId()) {
			throw AdminErrors.missing("id");
		}
		NamedEntityIdentifier id = request.getId();
		Checks.projectAndDomain(id.getProject(), id.getDomain());
		Checks.limit(request.getLimit());
		List<T> named = new ArrayList<>(all());
		named.removeIf((entity) -> !id(entity).getProject().equals(id.getProject())
				|| !id(entity).getDomain().equals(id.getDomain())
				|| (!id.getName().isEmpty() && !id(entity).getName().equals(id.getName())));
		return new Listing(method, request.getLimit(), request.getToken(), request.getFilters(),
				request.hasSortBy() ? request.getSortBy() : null)
			.of(named, this.columns);
	}

	NamedEntityIdentifierList listNames(String method, NamedEntityIdentifierListRequest request) {
		Checks.projectAndDomain(request.getProject(), request.getDomain());
		Checks.limit(request.getLimit());
		List<NamedEntityIdentifier> names = all().stream()
			.map(this::id)
			.filter((id) -> id.getProject().equals(request.getProject()) && id.getDomain().equals(request.getDomain()))
			.map((id) -> NamedEntityIdentifier.newBuilder()
				.setProject(id.getProject())
				.setDomain(id.getDomain())
				.setName(id.getName())
				.build())
			.distinct()
			.toList();
		Listing.Page<NamedEntityIdentifier> page = new Listing(method, request.getLimit(), request.getToken(),
				request.getFilters(), request.hasSortBy() ? request.getSortBy() : null)
			.of(names, NAME_COLUMNS);
		return NamedEntityIdentifierList.newBuilder().addAllEntities(page.entries()).setToken(page.token()).build();
	}

}
