/**
 * Pages and JSON.
 */
@NullMarked
package io.flyteconnect.samples.dashboard.web;

import org.jspecify.annotations.NullMarked;
