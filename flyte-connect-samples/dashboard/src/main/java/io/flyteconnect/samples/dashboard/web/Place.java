package io.flyteconnect.samples.dashboard.web;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.samples.dashboard.flyte.ProjectSummary;

/**
 * A project and one of its domains.
 *
 * @param project the id of the project
 * @param domain the id of the domain
 */
record Place(String project, String domain) {

	/**
	 * Choose what to show.
	 * @param projects the projects there are, at least one
	 * @param project the one that is asked for, or {@code null} for the first
	 * @param domain the domain that is asked for, or {@code null} for the project's first
	 * @return what is asked for, whether it exists or not
	 */
	static Place choose(List<ProjectSummary> projects, @Nullable String project, @Nullable String domain) {
		String chosen = StringUtils.hasText(project) ? project : projects.get(0).id();
		return new Place(chosen, StringUtils.hasText(domain) ? domain : firstDomain(projects, chosen));
	}

	/**
	 * Say that Flyte does not list this place: it answers questions about it as about one
	 * that holds nothing.
	 * @param projects the projects there are
	 * @return what there is not, or {@code null} if it is there
	 */
	@Nullable String whyUnknown(List<ProjectSummary> projects) {
		return ProjectSummary.whyUnknown(projects, this.project, this.domain);
	}

	private static String firstDomain(List<ProjectSummary> projects, String project) {
		return projects.stream()
			.filter((candidate) -> candidate.id().equals(project))
			.flatMap((candidate) -> candidate.domains().stream())
			.findFirst()
			.orElse("development");
	}

}
