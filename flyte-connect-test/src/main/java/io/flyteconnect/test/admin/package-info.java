/**
 * The model and the services of an in-memory Flyte Admin.
 */
@NullMarked
package io.flyteconnect.test.admin;

import org.jspecify.annotations.NullMarked;
