package io.flyteconnect.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.flyteconnect.actuate.FlyteInfoContributor;

import static org.assertj.core.api.Assertions.assertThat;

class FlyteInfoAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteInfoAutoConfiguration.class, FlyteAutoConfiguration.class))
		.withPropertyValues("flyte.config-file=none");

	@Test
	void whenActuatorIsThereThenItsInfoShowsFlyte() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(FlyteInfoContributor.class));
	}

	@Test
	void whenActuatorIsAbsentThenThereIsNothing() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("flyteInfoContributor"));
		this.runner.withClassLoader(new FilteredClassLoader(InfoContributor.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("flyteInfoContributor"));
		this.runner.withClassLoader(new FilteredClassLoader(ConditionalOnEnabledInfoContributor.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("flyteInfoContributor"));
	}

	@Test
	void whenSwitchedOffThenThereIsNothing() {
		for (String property : new String[] { "management.info.flyte.enabled=false",
				"management.info.defaults.enabled=false", "flyte.enabled=false" }) {
			this.runner.withPropertyValues(property)
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FlyteInfoContributor.class));
		}
	}

	@Test
	void whenOnlyFlyteIsSwitchedOnThenItIsThere() {
		this.runner.withPropertyValues("management.info.defaults.enabled=false", "management.info.flyte.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(FlyteInfoContributor.class));
	}

	@Test
	void whenAContributorIsDefinedThenOursGivesWay() {
		FlyteInfoContributor own = new FlyteInfoContributor(List.of());
		this.runner.withBean("own", FlyteInfoContributor.class, () -> own)
			.run((context) -> assertThat(context).getBean(FlyteInfoContributor.class).isSameAs(own));
	}

}
