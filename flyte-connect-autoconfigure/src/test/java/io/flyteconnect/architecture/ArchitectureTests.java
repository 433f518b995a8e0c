package io.flyteconnect.architecture;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
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
@AnalyzeClasses(packages = "io.flyteconnect", importOptions = { DoNotIncludeTests.class, DoNotIncludeJars.class })
class ArchitectureTests {

	private static final String ROOT = "io.flyteconnect";

	/**
	 * Room by room, the other rooms that it may use. The empty name is the root package.
	 */
	private static final Map<String, Set<String>> ROOMS = Map.ofEntries(Map.entry("file", Set.of()), //
			Map.entry("text", Set.of()), //
			Map.entry("configfile", Set.of("file")), //
			Map.entry("config", Set.of("configfile", "file")), //
			Map.entry("network", Set.of("config", "file", "text")), //
			Map.entry("libraries", Set.of()), //
			Map.entry("channel", Set.of("config", "network", "libraries", "text")), //
			Map.entry("oauth2", Set.of("config", "file", "text")), //
			Map.entry("secret", Set.of("file")), //
			Map.entry("identity", Set.of("", "secret", "text")), //
			Map.entry("literal", Set.of()), //
			Map.entry("execution", Set.of("", "oauth2", "identity", "secret", "literal", "text")), //
			Map.entry("", Set.of("config", "network", "channel", "oauth2", "libraries")), //
			Map.entry("actuate",
					Set.of("", "config", "configfile", "network", "channel", "oauth2", "secret", "identity",
							"execution")), //
			Map.entry("autoconfigure", Set.of("", "config", "configfile", "network", "channel", "oauth2", "secret",
					"identity", "execution", "actuate", "libraries", "text")));

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
		.matching(ROOT + ".(*)..")
		.should()
		.beFreeOfCycles();

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

	private static String room(JavaClass type) {
		String name = type.getPackageName();
		return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).replaceFirst("\\..*", "");
	}

}
