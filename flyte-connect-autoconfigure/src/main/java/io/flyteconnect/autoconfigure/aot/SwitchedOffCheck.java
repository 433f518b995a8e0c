package io.flyteconnect.autoconfigure.aot;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Refuses to run an application that was built without Flyte and is to have it now,
 * before any bean is made, also where beans are made late.
 */
class SwitchedOffCheck implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		SetAtRunTime.requireDisabled(beanFactory.getBean(Environment.class));
	}

}
