/**
 * Records what the code of the starter finds by reflection while tests run.
 */
@NullMarked
package io.flyteconnect.testsupport.hints;

import org.jspecify.annotations.NullMarked;
