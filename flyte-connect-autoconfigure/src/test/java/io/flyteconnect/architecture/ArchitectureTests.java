package io.flyteconnect.architecture;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Holds the table of rooms: what each package may use of the others.
 */
@ArchTag("once")
@AnalyzeClasses(packages = "io.flyteconnect", importOptions = { DoNotIncludeTests.class, DoNotIncludeJars.class,
		ArchitectureTests.DoNotIncludeOtherModules.class })
class ArchitectureTests {

	private static final String ROOT = "io.flyteconnect";

	/**
	 * Room by room, the other rooms that it may use. The empty name is the root package.
	 */
	private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
			Map.entry("",
					Set.of("config", "doctor", "internal.channel", "internal.client", "internal.examination",
							"internal.http", "internal.libraries", "internal.listener", "internal.proxy",
							"internal.store", "internal.store.jdbc", "internal.text", "internal.tls", "login")), //
			Map.entry("actuate",
					Set.of("", "config", "doctor", "execution", "identity", "internal.api", "internal.call",
							"internal.call.authorization", "internal.channel.diagnosis", "internal.configfile",
							"internal.text", "login", "secret")), //
			Map.entry("autoconfigure",
					Set.of("", "actuate", "autoconfigure.aot", "autoconfigure.connection", "autoconfigure.secret",
							"config", "doctor", "internal.api", "internal.call.authorization", "internal.config",
							"internal.config.connection", "internal.config.origin", "internal.config.text",
							"internal.configfile", "internal.grant.interaction", "internal.text", "login")), //
			Map.entry("autoconfigure.actuate",
					Set.of("", "actuate", "autoconfigure", "autoconfigure.connection", "config", "execution",
							"internal.config.text")), //
			Map.entry("autoconfigure.aot", Set.of("config", "internal.config.origin")), //
			Map.entry("autoconfigure.connection",
					Set.of("", "autoconfigure", "autoconfigure.aot", "autoconfigure.execution", "autoconfigure.secret",
							"config", "execution", "identity", "internal.config", "internal.config.connection",
							"internal.config.credentials", "internal.config.origin", "internal.configfile",
							"internal.libraries", "internal.store", "internal.text", "login", "run", "secret")), //
			Map.entry("autoconfigure.container", Set.of("autoconfigure", "config")), //
			Map.entry("autoconfigure.diagnostics",
					Set.of("", "autoconfigure", "autoconfigure.connection", "autoconfigure.execution", "config",
							"internal.config", "internal.config.origin", "internal.libraries", "internal.text")), //
			Map.entry("autoconfigure.environment",
					Set.of("autoconfigure.secret", "internal.config.connection", "internal.config.origin",
							"internal.configfile", "internal.text")), //
			Map.entry("autoconfigure.execution",
					Set.of("", "autoconfigure", "autoconfigure.aot", "autoconfigure.connection", "autoconfigure.secret",
							"config", "execution", "identity", "internal.config.connection", "internal.config.origin",
							"internal.text", "run", "secret")), //
			Map.entry("autoconfigure.metrics", Set.of("", "internal.metrics", "internal.secret")), //
			Map.entry("autoconfigure.secret",
					Set.of("", "config", "internal.config", "internal.config.origin", "internal.configfile",
							"internal.secret", "secret")), //
			Map.entry("config",
					Set.of("", "internal.config", "internal.config.origin", "internal.config.text",
							"internal.configfile", "internal.text")), //
			Map.entry("doctor", Set.of()), //
			Map.entry("execution", Set.of("", "identity", "internal.execution", "internal.text", "literal")), //
			Map.entry("identity", Set.of("", "internal.api", "internal.identity", "internal.text", "secret")), //
			Map.entry("internal.api", Set.of("config")), //
			Map.entry("internal.call", Set.of("internal.call.authorization", "internal.listener")), //
			Map.entry("internal.call.authorization",
					Set.of("internal.listener", "internal.text", "internal.token", "login")), //
			Map.entry("internal.channel",
					Set.of("config", "internal.call", "internal.call.authorization", "internal.channel.diagnosis",
							"internal.channel.reconnect", "internal.connectrpc", "internal.libraries", "internal.proxy",
							"internal.tls")), //
			Map.entry("internal.channel.diagnosis",
					Set.of("config", "doctor", "internal.call", "internal.channel", "internal.libraries",
							"internal.proxy", "internal.text", "internal.tls", "login")), //
			Map.entry("internal.channel.reconnect", Set.of("internal.call")), //
			Map.entry("internal.client",
					Set.of("config", "internal.call.authorization", "internal.client.failure", "internal.discovery",
							"internal.endpoint", "internal.grant.command", "internal.grant.device",
							"internal.grant.direct", "internal.grant.interaction", "internal.grant.pkce",
							"internal.listener", "internal.proxy", "internal.store", "internal.store.file",
							"internal.text", "internal.token", "login")), //
			Map.entry("internal.client.failure",
					Set.of("config", "internal.call.authorization", "internal.discovery", "internal.endpoint",
							"internal.grant.command", "internal.proxy", "internal.text", "internal.token", "login")), //
			Map.entry("internal.config",
					Set.of("config", "internal.config.credentials", "internal.config.origin", "internal.config.text",
							"internal.configfile", "internal.text")), //
			Map.entry("internal.config.connection",
					Set.of("config", "internal.config", "internal.config.origin", "internal.configfile")), //
			Map.entry("internal.config.credentials",
					Set.of("config", "internal.config.origin", "internal.config.text", "internal.configfile",
							"internal.file")), //
			Map.entry("internal.config.origin", Set.of("", "config", "internal.configfile")), //
			Map.entry("internal.config.text", Set.of("config", "internal.configfile", "internal.text")), //
			Map.entry("internal.configfile",
					Set.of("", "internal.configfile.ini", "internal.configfile.yaml", "internal.file",
							"internal.text")), //
			Map.entry("internal.configfile.ini", Set.of("internal.configfile", "internal.file", "internal.text")), //
			Map.entry("internal.configfile.yaml", Set.of("internal.configfile")), //
			Map.entry("internal.connectrpc",
					Set.of("internal.connectrpc.http", "internal.connectrpc.wire", "internal.proxy")), //
			Map.entry("internal.connectrpc.http", Set.of("config", "internal.http", "internal.proxy")), //
			Map.entry("internal.connectrpc.wire", Set.of("internal.text")), //
			Map.entry("internal.discovery",
					Set.of("config", "internal.api", "internal.call.authorization", "internal.config.text",
							"internal.text", "internal.token", "login")), //
			Map.entry("internal.examination",
					Set.of("config", "doctor", "internal.api", "internal.call", "internal.call.authorization",
							"internal.channel.diagnosis", "internal.proxy", "internal.text", "login")), //
			Map.entry("internal.endpoint", Set.of("internal.text", "internal.token")), //
			Map.entry("internal.execution", Set.of("", "execution", "internal.text", "literal", "login")), //
			Map.entry("internal.file", Set.of()), //
			Map.entry("internal.grant.command",
					Set.of("config", "internal.file", "internal.listener", "internal.text", "internal.token", "login")), //
			Map.entry("internal.grant.device",
					Set.of("config", "internal.endpoint", "internal.grant.command", "internal.grant.interaction",
							"internal.proxy", "internal.text", "internal.token", "login")), //
			Map.entry("internal.grant.direct", Set.of()), //
			Map.entry("internal.grant.interaction", Set.of("config", "login")), //
			Map.entry("internal.grant.pkce",
					Set.of("config", "internal.endpoint", "internal.grant.interaction", "internal.text",
							"internal.token", "login")), //
			Map.entry("internal.http", Set.of("config", "internal.proxy", "internal.tls")), //
			Map.entry("internal.identity", Set.of("internal.text")), //
			Map.entry("internal.libraries", Set.of()), //
			Map.entry("internal.listener", Set.of("login")), //
			Map.entry("internal.literal", Set.of("internal.literal.struct", "literal")), //
			Map.entry("internal.literal.struct", Set.of()), //
			Map.entry("internal.metrics", Set.of("", "config", "internal.secret", "login")), //
			Map.entry("internal.proxy", Set.of("config", "internal.config.text")), //
			Map.entry("internal.run",
					Set.of("", "config", "execution", "internal.execution", "internal.text", "literal", "run")), //
			Map.entry("internal.secret", Set.of("internal.file", "secret")), //
			Map.entry("internal.store", Set.of("config", "internal.file", "internal.text")), //
			Map.entry("internal.store.file", Set.of("internal.file", "internal.store")), //
			Map.entry("internal.store.jdbc", Set.of("internal.store")), //
			Map.entry("internal.text", Set.of()), //
			Map.entry("internal.tls", Set.of("config", "internal.text", "internal.tls.ca")), //
			Map.entry("internal.tls.ca", Set.of("config", "internal.file", "internal.text")), //
			Map.entry("internal.token", Set.of("internal.listener", "internal.token.holdoff", "login")), //
			Map.entry("internal.token.holdoff", Set.of("internal.text", "login")), //
			Map.entry("literal", Set.of("internal.literal", "internal.literal.struct")), //
			Map.entry("login", Set.of("config", "internal.text")), //
			Map.entry("run",
					Set.of("", "config", "execution", "identity", "internal.execution", "internal.run", "internal.text",
							"literal")), //
			Map.entry("secret", Set.of("", "internal.secret", "internal.text")));

	@ArchTest
	final ArchRule roomsUseOnlyWhatTheTableAllows = classes().that()
		.resideInAPackage(ROOT + "..")
		.should(new ArchCondition<>("use only what the table of rooms allows") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				String from = room(type);
				Set<String> allowed = ROOMS.get(from);
				if (allowed == null) {
					events.add(SimpleConditionEvent.violated(type, "'" + from + "' is not in the table of rooms"));
					return;
				}
				Set<String> used = type.getDirectDependenciesFromSelf()
					.stream()
					.map((dependency) -> dependency.getTargetClass().getBaseComponentType())
					.filter((target) -> isOurs(target))
					.map((target) -> room(target))
					.filter((room) -> !room.equals(from) && !allowed.contains(room))
					.collect(Collectors.toCollection(TreeSet::new));
				used.forEach((room) -> events
					.add(SimpleConditionEvent.violated(type, type.getName() + " may not use '" + room + "'")));
			}

		});

	@ArchTest
	final ArchRule roomsHaveNoCycles = SlicesRuleDefinition.slices()
		.assignedFrom(new RoomSlices())
		.should()
		.beFreeOfCycles();

	@ArchTest
	final ArchRule signaturesOfTheApiNameNoInternalType = classes().that()
		.resideInAPackage(ROOT + "..")
		.and()
		.resideOutsideOfPackage(ROOT + ".internal..")
		.and()
		.arePublic()
		.should(new ArchCondition<>("name no internal type in what others may call or extend") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				signature(type).filter(ArchitectureTests::isInternal)
					.forEach((named) -> events
						.add(SimpleConditionEvent.violated(type, type.getName() + " shows " + named.getName())));
			}

			private Stream<JavaClass> signature(JavaClass type) {
				Stream<JavaClass> members = type.getMembers()
					.stream()
					.filter((member) -> member.getModifiers().contains(JavaModifier.PUBLIC)
							|| member.getModifiers().contains(JavaModifier.PROTECTED))
					.flatMap((member) -> Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown(member)));
				Stream<JavaType> supers = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
				return Stream.concat(members, supers.flatMap((above) -> above.getAllInvolvedRawTypes().stream()));
			}

			private Stream<JavaClass> thrown(JavaMember member) {
				return (member instanceof JavaCodeUnit unit)
						? unit.getThrowsClause().stream().map((declared) -> declared.getRawType()) : Stream.empty();
			}

		});

	@ArchTest
	final ArchRule packagesAreNullMarked = classes().that()
		.resideInAPackage(ROOT + "..")
		.should(new ArchCondition<>("reside in a @NullMarked package") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
					events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
				}
			}

		});

	@ArchTest
	final ArchRule autoConfigurationsArePublicFinalAndShowNothing = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould(new ArchCondition<>("have no public members") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				type.getMembers()
					.stream()
					.filter((member) -> member.getModifiers().contains(JavaModifier.PUBLIC)
							&& !member.getName().equals("<init>"))
					.forEach((member) -> events
						.add(SimpleConditionEvent.violated(member, member.getFullName() + " is public")));
			}

		});

	@ArchTest
	final ArchRule postProcessorBeanMethodsAreStatic = methods().that()
		.areAnnotatedWith(Bean.class)
		.and(returning(BeanPostProcessor.class, BeanFactoryPostProcessor.class))
		.should()
		.beStatic();

	@ArchTest
	final ArchRule classConditionsAreNotOnBeanMethods = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.notBeAnnotatedWith(ConditionalOnClass.class);

	@ArchTest
	final ArchRule missingBeanConditionsDoNotRepeatTheReturnType = methods().that()
		.areAnnotatedWith(ConditionalOnMissingBean.class)
		.should(new ArchCondition<>("not name their own return type") {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				for (Class<?> type : method.getAnnotationOfType(ConditionalOnMissingBean.class).value()) {
					if (type.getName().equals(method.getRawReturnType().getName())) {
						events.add(SimpleConditionEvent.violated(method, method.getFullName() + " repeats its type"));
					}
				}
			}

		});

	@ArchTest
	final ArchRule textIsCasedWithoutTheDefaultLocale = noClasses().should()
		.callMethod(String.class, "toUpperCase")
		.orShould()
		.callMethod(String.class, "toLowerCase")
		.because("the result depends on the machine; use " + Locale.class.getSimpleName() + ".ROOT");

	@ArchTest
	final ArchRule listsAreCollectedUnmodifiable = noClasses().should().callMethod(Collectors.class, "toList");

	private static DescribedPredicate<JavaMethod> returning(Class<?>... types) {
		return new DescribedPredicate<>("return a post-processor") {

			@Override
			public boolean test(JavaMethod method) {
				for (Class<?> type : types) {
					if (method.getRawReturnType().isAssignableTo(type)) {
						return true;
					}
				}
				return false;
			}

		};
	}

	private static boolean isOurs(JavaClass type) {
		return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
	}

	private static boolean isInternal(JavaClass type) {
		return type.getPackageName().startsWith(ROOT + ".internal");
	}

	private static String room(JavaClass type) {
		String name = type.getPackageName();
		return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
	}

	/**
	 * An API room and its inner side are one. Rooms with a job each below them are not.
	 */
	private static final class RoomSlices implements SliceAssignment {

		/** Rooms whose sub-rooms stand for themselves. */
		private static final Set<String> SUB_ROOMS = Set.of("grant", "store");

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			if (!isOurs(type)) {
				return SliceIdentifier.ignore();
			}
			String whole = room(type).replaceFirst("^internal\\.", "");
			String room = whole.replaceFirst("\\..*", "");
			if (room.isEmpty()) {
				return SliceIdentifier.ignore();
			}
			if (SUB_ROOMS.contains(room)) {
				return SliceIdentifier.of(whole);
			}
			return SliceIdentifier.of(room);
		}

		@Override
		public String getDescription() {
			return "rooms";
		}

	}

	/**
	 * The tests' own support and the IDL are modules whose classes are no test classes,
	 * and no jars yet where Maven does not package.
	 */
	static final class DoNotIncludeOtherModules implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return !location.contains("flyte-connect-test-support") && !location.contains("flyte-connect-idl");
		}

	}

}
